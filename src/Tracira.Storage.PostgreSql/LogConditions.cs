using System.Globalization;
using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>The conditions of a query as SQL about a log <c>l</c>: fixed pieces, with all that the caller sent in parameters.</summary>
internal sealed class LogConditions
{
    private readonly List<string> _conditions = [];
    private readonly List<NpgsqlParameter> _parameters = [];

    public LogConditions(int workspace, LogQuery query)
    {
        Add("l.workspace = {0}", Sql.Int(workspace));
        if (query.AwaitingReview)
            _conditions.Add("l.status in (2, 3) and l.decision is null");
        if (query.Status is { } status)
            Add("l.status = {0}", Sql.Short((short)status));
        if (query.Project is { } project)
            Add("l.project = (select number from projects where workspace = $1 and name_key = {0} and merged_into is null)", Sql.Text(StoredText.Fold(project)));
        if (query.Task is { } task)
            Add("l.task_key = {0}", Sql.Text(StoredText.Fold(task)));
        if (query.SessionId is { } session)
            Add("l.session_key = {0}", Sql.Text(StoredText.Fold(session)));
        if (query.SubjectId is { } subject)
            Add("l.subject_key = {0}", Sql.Text(StoredText.Fold(subject)));
        if (query.ActorId is { } actor)
            Add("l.actor_key = {0}", Sql.Text(StoredText.Fold(actor)));
        if (query.Tags.Count > 0)
            Add("l.tags <> '[]' and l.tags @> {0}", Sql.Json(LogRow.TagsOf(query.Tags)));
        if (query.From is { } from)
            Add("l.at >= {0}", Sql.Long(Moments.Bound(from)));
        if (query.To is { } to)
            Add("l.at < {0}", Sql.Long(Moments.Bound(to)));
        if (query.OutputText is { } output)
            Add("l.output_key like {0}", Sql.Text(StoredText.Containing(output)));
        if (query.Text is { } text)
        {
            Add(
                "(l.search like {0} or l.project = any (array(select number from projects where workspace = $1 and name_key like {0})))",
                Sql.Text(StoredText.Containing(text)));
        }
    }

    /// <summary>All of them.</summary>
    public string Where => string.Join(" and ", _conditions);

    /// <summary>Their parameters, and further ones.</summary>
    public NpgsqlParameter[] Parameters(params ReadOnlySpan<NpgsqlParameter> more) => [.. _parameters.Select(static parameter => parameter.Clone()), .. more];

    /// <summary>The name of a further parameter.</summary>
    public string Further(int place) => string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count + 1 + place}");

    private void Add(string condition, NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        _conditions.Add(condition.Replace("{0}", Further(-1), StringComparison.Ordinal));
    }
}
