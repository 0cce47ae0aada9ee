using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracira.Storage.PostgreSql;

/// <summary>
/// Every revision of a rule that was ever saved or applied, by number. A number never changes its meaning, so nodes remember those they meet.
/// </summary>
internal sealed class RuleRevisions(Database database)
{
    private const int Most = 200_000;

    private const string Add = """
        insert into rule_revisions (workspace, digest, rule_id, revision, rule)
        select $1, * from unnest($2, $3, $4, $5) on conflict do nothing
        """;

    private const string FindNumbers = """
        select k.place, r.number from unnest($2) with ordinality k (digest, place)
        join rule_revisions r on r.workspace = $1 and r.digest = k.digest
        """;

    private const string FindRules = "select number, rule from rule_revisions where number = any($1)";

    private readonly ConcurrentDictionary<int, Rule> _rules = new();
    private readonly ConcurrentDictionary<(int Workspace, Rule Rule), int> _numbers = new();

    /// <summary>The revision of a number that <see cref="LoadAsync"/> has been asked for.</summary>
    public Rule this[int number] => _rules[number];

    /// <summary>The number of a revision that <see cref="EnsureAsync"/> has been asked for.</summary>
    public int NumberOf(int workspace, Rule rule) => _numbers[(workspace, rule)];

    /// <summary>Gives numbers to the revisions that have none.</summary>
    public async ValueTask EnsureAsync(int workspace, IEnumerable<Rule> rules)
    {
        if (_numbers.Count > Most)
            _numbers.Clear();
        Rule[] missing = [.. rules.Where(rule => !_numbers.ContainsKey((workspace, rule))).Distinct()];
        if (missing.Length == 0)
            return;
        string[] json = [.. missing.Select(Write)];
        byte[][] digests = [.. json.Select(static text => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))];
        await database.WriteAsync(
            connection => connection.RunAsync(
                Add,
                CancellationToken.None,
                Sql.Int(workspace),
                Sql.ByteArrays(digests),
                Sql.Texts(missing.Select(static rule => StoredText.Write(rule.Id))),
                Sql.Ints(missing.Select(static rule => rule.Revision)),
                Sql.Texts(json)),
            CancellationToken.None).ConfigureAwait(false);
        List<(long Place, int Number)> found = await database.ReadAsync(
            connection => connection.ReadAsync(
                FindNumbers,
                static reader => (reader.GetInt64(0), reader.GetInt32(1)),
                CancellationToken.None,
                Sql.Int(workspace),
                Sql.ByteArrays(digests)),
            CancellationToken.None).ConfigureAwait(false);
        foreach ((long place, int number) in found)
            _numbers[(workspace, missing[place - 1])] = number;
    }

    /// <summary>Makes sure that the revisions of these numbers are known.</summary>
    public async ValueTask LoadAsync(IEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        int[] missing = [.. numbers.Where(number => !_rules.ContainsKey(number)).Distinct()];
        if (missing.Length == 0)
            return;
        List<(int Number, string Rule)> found = await database.ReadAsync(
            connection => connection.ReadAsync(
                FindRules, static reader => (reader.GetInt32(0), reader.GetString(1)), cancellationToken, Sql.Ints(missing)),
            cancellationToken).ConfigureAwait(false);
        foreach ((int number, string rule) in found)
            _rules[number] = Read(rule);
    }

    /// <summary>The rule of its JSON.</summary>
    public static Rule Read(string json) => JsonSerializer.Deserialize(json, RuleJson.Default.Rule)!;

    private static string Write(Rule rule) => JsonSerializer.Serialize(rule, RuleJson.Default.Rule);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Rule))]
internal sealed partial class RuleJson : JsonSerializerContext;
