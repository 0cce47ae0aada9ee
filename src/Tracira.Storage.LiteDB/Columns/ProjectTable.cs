using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Every project of every workspace, with its tasks, by number. Numbers are given in the order the projects were made, from 0, and never
/// again: the number of a project that was merged stands for the other one from then on, that of one that was deleted for none.
/// </summary>
internal sealed class ProjectTable
{
    private readonly ConcurrentDictionary<(int Workspace, string Name), int> _byName = new(NameComparer.Instance);
    private readonly ConcurrentDictionary<string, int> _byId = new();
    private readonly ConcurrentDictionary<(int Project, string Name), TaskEntry> _tasks = new(NameComparer.Instance);
    private volatile Entry[] _entries = [];

    /// <summary>How many numbers are given out.</summary>
    public int Count => _entries.Length;

    /// <summary>The project of a number.</summary>
    public Project this[int number] => _entries[Resolve(number)].Placement.Project;

    /// <summary>The number of the project that a project has become by being merged; its own where it was not.</summary>
    public int Resolve(int number)
    {
        Entry[] entries = _entries;
        while (entries[number].MergedInto is { } into)
            number = into;
        return number;
    }

    /// <summary>Whether a project, or the one it was merged into, was deleted.</summary>
    public bool IsGone(int number) => _entries[Resolve(number)].IsGone;

    /// <summary>The number under which to keep a log that was placed in a project.</summary>
    /// <exception cref="ProjectGoneException">There is no such project any more.</exception>
    public int NumberOf(string projectId) => _byId.TryGetValue(projectId, out int number) && !IsGone(number)
        ? Resolve(number)
        : throw new ProjectGoneException(projectId);

    /// <summary>The number of a workspace's project by its id.</summary>
    public bool TryFind(int workspace, string projectId, out int number) =>
        _byId.TryGetValue(projectId, out number) && _entries[number] is { IsThere: true } entry && entry.Workspace == workspace;

    /// <summary>The number of a project by name, or null.</summary>
    public int? Find(int workspace, string name) => _byName.TryGetValue((workspace, name), out int number) ? number : null;

    /// <summary>The place of a project and a task by their names, or null where either is not known.</summary>
    public Placement? Find(int workspace, string project, string? task) =>
        Find(workspace, project) is not { } number ? null
        : task is null ? _entries[number].Placement
        : FindTask(number, task, out TaskEntry? entry) ? entry.Placement
        : null;

    /// <summary>Whether a project has a task of this name.</summary>
    public bool HasTask(int project, string name) => FindTask(project, name, out _);

    /// <summary>Adds a project.</summary>
    public void Add(int workspace, Project project)
    {
        // The entry first: who finds the number by the name goes on to read it.
        int number = Count;
        _entries = [.. _entries, new Entry(workspace, new Placement(project, null))];
        _byId[project.Id] = number;
        _byName[(workspace, project.Name)] = number;
    }

    /// <summary>Gives a project another name and icon.</summary>
    public void Change(int number, Project project)
    {
        Entry before = _entries[number];
        Put(number, before with { Placement = new Placement(project, null) });
        if (!NameComparer.Same(before.Placement.Project.Name, project.Name))
            FreeName(before);
        _byName[(before.Workspace, project.Name)] = number;
        foreach (ProjectTask task in TasksOf(number))
            AddTask(number, task);
    }

    /// <summary>Makes a project's number stand for another project.</summary>
    public void Merge(int number, int into)
    {
        Entry before = _entries[number];
        Put(number, before with { MergedInto = into });
        FreeName(before);
        ForgetTasks(number);
    }

    /// <summary>Makes a project's number stand for none.</summary>
    public void Remove(int number)
    {
        Entry before = _entries[number];
        Put(number, before with { IsGone = true });
        FreeName(before);
        ForgetTasks(number);
    }

    /// <summary>Adds a task to a project.</summary>
    public void AddTask(int project, ProjectTask task) => _tasks[(project, task.Name)] = new TaskEntry(task, new Placement(this[project], task.Name));

    /// <summary>Removes a task from a project.</summary>
    public void RemoveTask(int project, string name) => _tasks.TryRemove((project, name), out _);

    /// <summary>The tasks of a project.</summary>
    public IEnumerable<ProjectTask> TasksOf(int project) =>
        _tasks.Where(task => task.Key.Project == project).Select(static task => task.Value.Task);

    /// <summary>A task's name as the project has it: tasks of several projects may share a name that is written differently.</summary>
    public string TaskName(int project, string name) => FindTask(Resolve(project), name, out TaskEntry? entry) ? entry.Task.Name : name;

    /// <summary>The numbers of a workspace's projects.</summary>
    public IEnumerable<int> NumbersOf(int workspace) =>
        _byName.Where(entry => entry.Key.Workspace == workspace).Select(static entry => entry.Value);

    /// <summary>A workspace's projects.</summary>
    public IEnumerable<Project> Of(int workspace) => NumbersOf(workspace).Select(number => this[number]);

    /// <summary>Marks a workspace's projects whose name holds a text, in any case.</summary>
    public int FindContaining(int workspace, string text, bool[] found)
    {
        int count = 0;
        for (int number = 0; number < found.Length; number++)
        {
            if (_entries[number] is { IsThere: true } entry
                && entry.Workspace == workspace
                && entry.Placement.Project.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
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

    private bool FindTask(int project, string name, [NotNullWhen(true)] out TaskEntry? entry) => _tasks.TryGetValue((project, name), out entry);

    private void ForgetTasks(int project)
    {
        foreach (ProjectTask task in TasksOf(project))
            RemoveTask(project, task.Name);
    }

    private void FreeName(Entry entry) => _byName.TryRemove((entry.Workspace, entry.Placement.Project.Name), out _);

    private void Put(int number, Entry entry)
    {
        Entry[] entries = [.. _entries];
        entries[number] = entry;
        _entries = entries;
    }

    private sealed record Entry(int Workspace, Placement Placement)
    {
        public int? MergedInto { get; init; }

        public bool IsGone { get; init; }

        public bool IsThere => MergedInto is null && !IsGone;
    }

    private sealed record TaskEntry(ProjectTask Task, Placement Placement);

    private sealed class NameComparer : IEqualityComparer<(int Scope, string Name)>
    {
        public static readonly NameComparer Instance = new();

        public static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

        public bool Equals((int Scope, string Name) x, (int Scope, string Name) y) => x.Scope == y.Scope && Same(x.Name, y.Name);

        public int GetHashCode((int Scope, string Name) value) =>
            HashCode.Combine(value.Scope, string.GetHashCode(value.Name, StringComparison.OrdinalIgnoreCase));
    }
}
