using System.Collections.Concurrent;

namespace Tracira.Storage.LiteDB;

/// <summary>Every project of every workspace, with its tasks, by number. Numbers are given in the order the projects were made, from 0.</summary>
internal sealed class ProjectTable
{
    private readonly ConcurrentDictionary<(int Workspace, string Name), int> _byName = new(NameComparer.Instance);
    private readonly ConcurrentDictionary<string, int> _byId = new();
    private readonly ConcurrentDictionary<(int Project, string Name), Placement> _tasks = new(NameComparer.Instance);
    private volatile Entry[] _entries = [];

    /// <summary>How many there are.</summary>
    public int Count => _entries.Length;

    /// <summary>The project of a number.</summary>
    public Project this[int number] => _entries[number].Placement.Project;

    /// <summary>The number of a project's id.</summary>
    public int NumberOf(string projectId) => _byId.TryGetValue(projectId, out int number)
        ? number
        : throw new ArgumentException($"There is no project {projectId}.", nameof(projectId));

    /// <summary>The number of a project by name, or null.</summary>
    public int? Find(int workspace, string name) => _byName.TryGetValue((workspace, name), out int number) ? number : null;

    /// <summary>The place of a project and a task by their names, or null where either is not known.</summary>
    public Placement? Find(int workspace, string project, string? task) =>
        Find(workspace, project) is not { } number ? null
        : task is null ? _entries[number].Placement
        : _tasks.GetValueOrDefault((number, task));

    /// <summary>Adds a project.</summary>
    public void Add(int workspace, Project project)
    {
        // The entry first: who finds the number by the name goes on to read it.
        int number = Count;
        _entries = [.. _entries, new Entry(workspace, new Placement(project, null))];
        _byId[project.Id] = number;
        _byName[(workspace, project.Name)] = number;
    }

    /// <summary>Adds a task to a project.</summary>
    public void AddTask(int project, string name) => _tasks[(project, name)] = new Placement(this[project], name);

    /// <summary>The tasks of a project.</summary>
    public IEnumerable<string> TasksOf(int project) => _tasks.Where(task => task.Key.Project == project).Select(static task => task.Value.TaskName!);

    /// <summary>A task's name as the project has it: tasks of several projects may share a name that is written differently.</summary>
    public string TaskName(int project, string name) => _tasks.TryGetValue((project, name), out Placement? placement) ? placement.TaskName! : name;

    /// <summary>A workspace's projects.</summary>
    public IEnumerable<Project> Of(int workspace) =>
        _entries.Where(entry => entry.Workspace == workspace).Select(static entry => entry.Placement.Project);

    /// <summary>Marks a workspace's projects whose name holds a text, in any case.</summary>
    public int FindContaining(int workspace, string text, bool[] found)
    {
        int count = 0;
        for (int number = 0; number < found.Length; number++)
        {
            if (_entries[number].Workspace == workspace && this[number].Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                found[number] = true;
                count++;
            }
        }

        return count;
    }

    /// <summary>The place of each project in the order of the names, case disregarded.</summary>
    public int[] Ranks()
    {
        Entry[] entries = _entries;
        int[] ranks = new int[entries.Length];
        int rank = 0;
        foreach (var group in Enumerable.Range(0, entries.Length)
            .GroupBy(number => entries[number].Placement.Project.Name, StringComparer.OrdinalIgnoreCase)
            .OrderBy(static group => group.Key, StringComparer.OrdinalIgnoreCase))
        {
            foreach (int number in group)
                ranks[number] = rank;
            rank++;
        }

        return ranks;
    }

    private sealed record Entry(int Workspace, Placement Placement);

    private sealed class NameComparer : IEqualityComparer<(int Scope, string Name)>
    {
        public static readonly NameComparer Instance = new();

        public bool Equals((int Scope, string Name) x, (int Scope, string Name) y) =>
            x.Scope == y.Scope && string.Equals(x.Name, y.Name, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((int Scope, string Name) value) =>
            HashCode.Combine(value.Scope, string.GetHashCode(value.Name, StringComparison.OrdinalIgnoreCase));
    }
}
