using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Tracira.Server.Auth;

namespace Tracira.Server.Api;

/// <summary>
/// All logs that a filter matches, as a file. They go from the store to the socket bit by bit: however many there are, no more of them
/// are in memory than the client is behind.
/// </summary>
internal sealed class ExportEndpoint(ITraciraStore store, TimeProvider time)
{
    private const int FlushBytes = 64 * 1024;
    private const string JsonLines = "application/x-ndjson; charset=utf-8";
    private const string Csv = "text/csv; charset=utf-8";

    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/logs/export", Export)
            .Requires(Permissions.Read)
            .Describe("exportLogs", "Logs", "Download all logs that a filter matches, in the order they were accepted")
            .TakesQuery([("format", "jsonl, one GET /api/logs/{id} object a line, or csv; jsonl unless given"), .. LogQueryReader.Filters])
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["application/x-ndjson", "text/csv"]))
            .Fails(400, 401, 403);

    private async Task Export(HttpContext http)
    {
        List<FieldError> errors = [];
        LogQuery query = LogQueryReader.Read(http.Request.Query, Caller.Of(http).Workspace.Id, errors);
        string? format = http.Request.Query["format"];
        if (format is not (null or "" or "jsonl" or "csv"))
            errors.Add(new("format", "must be jsonl or csv"));
        if (errors.Count > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        IAsyncEnumerable<Log> logs = store.Logs.ReadAsync(query, http.RequestAborted);
        string name = string.Create(CultureInfo.InvariantCulture, $"tracira-logs-{time.GetUtcNow():yyyyMMdd-HHmmss}");
        HttpResponse response = http.Response;
        if (format == "csv")
        {
            response.ContentType = Csv;
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
            var csv = new CsvWriter(response.BodyWriter);
            LogCsv.WriteHeader(csv);
            await WriteAsync(http, logs, log => LogCsv.Write(csv, log)).ConfigureAwait(false);
        }
        else
        {
            response.ContentType = JsonLines;
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}.jsonl\"";
            var json = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = ApiJson.Wire.Options.Encoder, SkipValidation = true });
            await using (json.ConfigureAwait(false))
            {
                await WriteAsync(http, logs, log => WriteLine(response.BodyWriter, json, log)).ConfigureAwait(false);
            }
        }
    }

    private static void WriteLine(PipeWriter body, Utf8JsonWriter json, Log log)
    {
        JsonSerializer.Serialize(json, LogDetail.Of(log), ApiJson.Wire.LogDetail);
        json.Flush();
        json.Reset();
        body.GetSpan(1)[0] = (byte)'\n';
        body.Advance(1);
    }

    // Flushing waits until the client has taken what is on its way.
    private static async Task WriteAsync(HttpContext http, IAsyncEnumerable<Log> logs, Action<Log> write)
    {
        PipeWriter body = http.Response.BodyWriter;
        await foreach (Log log in logs.ConfigureAwait(false))
        {
            write(log);
            if (body.UnflushedBytes >= FlushBytes)
                await body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }

        await body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }
}
