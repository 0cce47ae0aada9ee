using System.Buffers;

namespace Tracira;

/// <summary>
/// Rules by their paths, which go together as far as they are the same: JSON is gone through once for all of them, and only where some
/// path leads. The values at one path are looked at in the order of the text.
/// </summary>
internal sealed class JsonRuleTree
{
    private readonly List<int> _grown = []; // the rules of a node's subtree stand together
    private readonly int[] _rules;
    private readonly Node _root;
    private int _childCount;

    /// <param name="rules">The rules, by their numbers in the set.</param>
    /// <param name="skipped">How many steps of their paths have been gone already.</param>
    public JsonRuleTree(IReadOnlyList<(int Rule, JsonCondition Condition)> rules, int skipped = 0)
    {
        _root = Grow(rules, skipped);
        _rules = [.. _grown];
    }

    /// <summary>The numbers of all rules.</summary>
    public ReadOnlySpan<int> Rules => _rules;

    /// <summary>Follows all paths from a value on.</summary>
    public void Follow(ref JsonCursor value, in JsonLook look)
    {
        int[] found = ArrayPool<int>.Shared.Rent(_childCount);
        try
        {
            Follow(_root, value.Mark, ref value, found, look);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(found);
        }
    }

    private void Follow(Node node, int mark, ref JsonCursor value, Span<int> found, in JsonLook look)
    {
        if (node.Own is { } own)
        {
            value.MoveTo(mark);
            own.Look(ref value, look);
        }

        if (node.Names is { } names)
        {
            Span<int> members = found.Slice(node.FirstFound, names.Count);
            members.Clear();
            if (value.Is(mark, '{'))
                FindMembers(mark, in value, names, members);
            FollowFound(node.Named, members, ref value, found, look);
        }

        if (node.Indexed.Length > 0)
        {
            Span<int> elements = found.Slice(node.FirstFound + node.Named.Length, node.Indexed.Length);
            elements.Clear();
            if (value.Is(mark, '['))
                FindElements(mark, in value, node.Indexed, elements);
            FollowFound(node.Indexed, elements, ref value, found, look);
        }

        if (node.Every is { } every)
            FollowEvery(every, mark, ref value, found, look);
    }

    private void FollowFound(Node[] nodes, ReadOnlySpan<int> marks, ref JsonCursor value, Span<int> found, in JsonLook look)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            Node node = nodes[i];
            if (marks[i] == 0)
            {
                look.Miss(RulesUnder(node));
            }
            else if (node.IsLeaf)
            {
                value.MoveTo(marks[i]);
                node.Own!.Look(ref value, look);
            }
            else
            {
                Follow(node, marks[i], ref value, found, look);
            }
        }
    }

    private void FollowEvery(Node every, int mark, ref JsonCursor value, Span<int> found, in JsonLook look)
    {
        int element = mark + 1;
        if (!value.Is(mark, '[') || value.Is(element, ']'))
        {
            look.Miss(RulesUnder(every));
            return;
        }

        int comma;
        do
        {
            Follow(every, element, ref value, found, look);
            comma = value.Behind(element);
            element = comma + 1;
        }
        while (value.Is(comma, ','));
    }

    private ReadOnlySpan<int> RulesUnder(Node node) => _rules.AsSpan(node.From..node.To);

    // Takes down where the value of each name begins, which is 0 where there is none; of duplicate names the last wins.
    private static void FindMembers(int mark, in JsonCursor value, JsonNames names, Span<int> found)
    {
        int name = mark + 1;
        if (value.Is(name, '}'))
            return;
        int comma;
        int index = -1;
        do
        {
            index = value.IndexOfName(name, names, index + 1);
            if (index >= 0)
                found[index] = name + JsonCursor.NameMarks;
            comma = value.Behind(name + JsonCursor.NameMarks);
            name = comma + 1;
        }
        while (value.Is(comma, ','));
    }

    // The same for elements; those that are counted from the end come first.
    private static void FindElements(int mark, in JsonCursor value, Node[] indexed, Span<int> found)
    {
        int count = indexed[0].Index < 0 ? value.CountAt(mark) : 0;
        int fromEnd = 0;
        int fromStart = 0;
        while (fromStart < indexed.Length && indexed[fromStart].Index < 0)
            fromEnd += indexed[fromStart++].Index + count < 0 ? 1 : 0;
        int counted = fromStart;
        int element = mark + 1;
        int comma = value.Is(element, ']') ? element : mark;
        for (int index = 0; element == comma + 1 && (fromEnd < counted || fromStart < indexed.Length); index++)
        {
            if (fromEnd < counted && indexed[fromEnd].Index + count == index)
                found[fromEnd++] = element;
            if (fromStart < indexed.Length && indexed[fromStart].Index == index)
                found[fromStart++] = element;
            comma = value.Behind(element);
            element = comma + (value.Is(comma, ',') ? 1 : 0);
        }
    }

    private Node Grow(IEnumerable<(int Rule, JsonCondition Condition)> rules, int depth, int index = 0)
    {
        ILookup<JsonStepKind?, (int Rule, JsonCondition Condition)> byKind = rules.ToLookup(
            rule => depth < rule.Condition.Path.Steps.Length ? rule.Condition.Path.Steps[depth].Kind : (JsonStepKind?)null);
        IGrouping<string, (int, JsonCondition)>[] named = [.. byKind[JsonStepKind.Name].GroupBy(rule => rule.Condition.Path.Steps[depth].Name)];
        IGrouping<int, (int, JsonCondition)>[] indexed =
            [.. byKind[JsonStepKind.Index].GroupBy(rule => rule.Condition.Path.Steps[depth].Index).OrderBy(static group => group.Key)];
        int firstFound = _childCount;
        _childCount += named.Length + indexed.Length;

        int from = _grown.Count;
        _grown.AddRange(byKind[null].Select(static rule => rule.Rule));
        Node[] byName = [.. named.Select(group => Grow(group, depth + 1))];
        Node[] byIndex = [.. indexed.Select(group => Grow(group, depth + 1, group.Key))];
        Node? every = byKind.Contains(JsonStepKind.Every) ? Grow(byKind[JsonStepKind.Every], depth + 1) : null;
        return new Node(from, _grown.Count, firstFound, index, byName, byIndex, every)
        {
            Own = byKind.Contains(null) ? new JsonFieldRules(byKind[null]) : null,
            Names = named.Length == 0 ? null : new JsonNames([.. named.Select(static group => group.Key)]),
        };
    }

    /// <param name="From">Where among the rules those begin whose paths lead here or through here.</param>
    /// <param name="To">Where they end.</param>
    /// <param name="FirstFound">Where among what is found the children begin, first <paramref name="Named"/>, then <paramref name="Indexed"/>.</param>
    /// <param name="Index">The element that leads here, where one does.</param>
    /// <param name="Named">Members.</param>
    /// <param name="Indexed">Elements in order, those that are counted from the end first.</param>
    /// <param name="Every">All elements.</param>
    private sealed record Node(int From, int To, int FirstFound, int Index, Node[] Named, Node[] Indexed, Node? Every)
    {
        /// <summary>The rules whose paths end here.</summary>
        public JsonFieldRules? Own { get; init; }

        /// <summary>Whether no path leads on from here.</summary>
        public bool IsLeaf { get; } = Named.Length == 0 && Indexed.Length == 0 && Every is null;

        /// <summary>The names of the members.</summary>
        public JsonNames? Names { get; init; }
    }
}
