using System.Runtime.InteropServices;
using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// A stretch of columns, saved so that opening need not read every log. The columns that never change are one document of
/// <c>segments</c>; the states, which do, one of <c>segment_states</c>, small enough to be written anew with every change.
/// </summary>
internal static class SegmentDocument
{
    public const string Collection = "segments";
    public const string StateCollection = "segment_states";

    /// <summary>How many rows a segment has. Divides a chunk, and is small enough for no column of one to be a large object.</summary>
    public const int Rows = 4096;

    /// <summary>Writes a segment's columns, with the texts that have been numbered since the segment before.</summary>
    public static BsonDocument Write(LogColumns columns, int segment, TextCounts before)
    {
        int start = segment * Rows;
        return new BsonDocument
        {
            ["_id"] = segment,
            ["workspaces"] = columns.Workspaces.Save(start, Rows),
            ["projects"] = columns.Projects.Save(start, Rows),
            ["tasks"] = columns.Tasks.Save(start, Rows),
            ["models"] = columns.Models.Save(start, Rows),
            ["sessions"] = columns.Sessions.Save(start, Rows),
            ["subjects"] = columns.Subjects.Save(start, Rows),
            ["actors"] = columns.Actors.Save(start, Rows),
            ["tagSets"] = columns.TagSets.Save(start, Rows),
            ["times"] = columns.Times.Save(start, Rows),
            ["latencies"] = columns.Latencies.Save(start, Rows),
            ["costs"] = columns.Costs.Save(start, Rows),
            ["keys"] = columns.Keys.Save(start, Rows),
            ["otherIds"] = new BsonArray(columns.Keys.OtherIds(start, Rows).SelectMany(static id => new BsonValue[] { id.Key, id.Value })),
            ["taskTexts"] = Texts(before.Tasks, columns.TaskTexts.Count, columns.TaskTexts.KeyOf),
            ["modelTexts"] = Texts(before.Models, columns.ModelTexts.Count, columns.ModelTexts.KeyOf),
            ["sessionTexts"] = Texts(before.Sessions, columns.SessionTexts.Count, columns.SessionTexts.KeyOf),
            ["subjectTexts"] = Texts(before.Subjects, columns.SubjectTexts.Count, columns.SubjectTexts.KeyOf),
            ["actorTexts"] = Texts(before.Actors, columns.ActorTexts.Count, columns.ActorTexts.KeyOf),
            ["tagTexts"] = Texts(before.Tags, columns.TagTexts.Count, columns.TagTexts.KeyOf),
        };
    }

    /// <summary>Writes a segment's states.</summary>
    public static BsonDocument WriteStates(int segment, byte[] states) => new() { ["_id"] = segment, ["states"] = states };

    /// <summary>
    /// Adds a segment that was saved to the columns, without the rules that flagged its rows (<see cref="RuleHits"/>). It names the projects
    /// that were merged since by their old numbers.
    /// </summary>
    public static void Load(LogColumns columns, ProjectTable projectTable, BsonDocument document, byte[] states)
    {
        byte[] projects = document["projects"].AsBinary;
        foreach (ref int number in MemoryMarshal.Cast<byte, int>(projects.AsSpan()))
            number = projectTable.Resolve(number);
        Load(document["taskTexts"], columns.TaskTexts.AddKey);
        Load(document["modelTexts"], columns.ModelTexts.AddKey);
        Load(document["sessionTexts"], columns.SessionTexts.AddKey);
        Load(document["subjectTexts"], columns.SubjectTexts.AddKey);
        Load(document["actorTexts"], columns.ActorTexts.AddKey);
        Load(document["tagTexts"], columns.TagTexts.AddKey);

        int start = columns.Count;
        columns.Workspaces.Load(document["workspaces"].AsBinary);
        columns.Projects.Load(projects);
        columns.Tasks.Load(document["tasks"].AsBinary);
        columns.Models.Load(document["models"].AsBinary);
        columns.Sessions.Load(document["sessions"].AsBinary);
        columns.Subjects.Load(document["subjects"].AsBinary);
        columns.Actors.Load(document["actors"].AsBinary);
        columns.TagSets.Load(document["tagSets"].AsBinary);
        columns.Times.Load(document["times"].AsBinary);
        columns.Latencies.Load(document["latencies"].AsBinary);
        columns.Costs.Load(document["costs"].AsBinary);
        columns.Keys.Load(
            document["keys"].AsBinary,
            document["workspaces"].AsBinary,
            document["otherIds"].AsArray.Chunk(2).Select(static pair => KeyValuePair.Create(pair[0].AsInt32, pair[1].AsString)));
        columns.States.Load(states);
        for (int row = start; row < columns.Count; row++)
            columns.Note(row, states[row - start], []);
    }

    /// <summary>Removes every segment.</summary>
    public static void DropAll(LiteEngine engine)
    {
        engine.DropCollection(Collection);
        engine.DropCollection(StateCollection);
    }

    private static BsonArray Texts(int from, int to, Func<int, string> keyOf) =>
        new(Enumerable.Range(from, to - from).Select(code => new BsonValue(keyOf(code))));

    private static void Load(BsonValue texts, Action<string> add)
    {
        foreach (BsonValue text in texts.AsArray)
            add(text.AsString);
    }

    /// <summary>How many texts of each kind have been saved.</summary>
    public readonly record struct TextCounts(int Tasks, int Models, int Sessions, int Subjects, int Actors, int Tags)
    {
        /// <summary>How many there are.</summary>
        public static TextCounts Of(LogColumns columns) => new(
            columns.TaskTexts.Count,
            columns.ModelTexts.Count,
            columns.SessionTexts.Count,
            columns.SubjectTexts.Count,
            columns.ActorTexts.Count,
            columns.TagTexts.Count);
    }
}
