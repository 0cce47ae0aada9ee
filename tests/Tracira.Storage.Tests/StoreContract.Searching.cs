using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    private static readonly string[] Outputs =
    [
        "", "a", "ab", "Your refund of 20 € is on its way.", "YOUR REFUND OF 20 € IS ON ITS WAY.", "refun d", "Straße in Ärösund", "STRASSE IN ÄRÖSUND",
        "Ответ: возврат невозможен", "ОТВЕТ: ВОЗВРАТ НЕВОЗМОЖЕН", "返金はできません", "fine 👍🏽 thanks", "𐐀𐐁𐐂𐐃", "𐐨𐐩𐐪𐐫", "İstanbul ıstanbul K ſ ǆ ǅ Ǆ",
        "{\"a\":\"b\\n\"}\r\n\ttabs", "\0\0\0", "aaaaaaaaaa", "<script>alert(1)</script>",
    ];

    private static readonly string[] Wanted =
    [
        "a", "€", "👍", "ab", "ef", "refund", "ReFuNd", "refund of 20 €", "d d", "straße", "STRASSE", "ärö", "ÄRÖSUND", "возврат", "ВОЗВРАТ НЕ", "返金は", "ません",
        "👍🏽", "🏽 t", "𐐀𐐁", "𐐩𐐪", "istanbul", "İstanbul", "ISTANBUL", "k ſ", "K S", "ǅ Ǆ", "ǆ ǆ ǆ", "\\n\"}", "\r\n\t", "\0\0\0", "\0\0\0\0", "aaaa", "</SCRIPT>",
        "nowhere", "20 € is on its way. ", "output of",
    ];

    [Fact]
    public async Task A_text_is_found_in_outputs_in_any_case_ordinally_and_nowhere_else()
    {
        Log log = await SampleLogs.InAsync(Store, "refund", "?", task: "refund") with { Input = "refund", Explanation = "refund", SessionId = "refund", Tags = ["refund"] };
        foreach ((int i, string output) in Outputs.Index())
            await Store.Logs.AppendAsync(log with { Id = $"{i:00}", Output = output, Timestamp = SampleLogs.Noon.AddMinutes(i) }, []);
        for (int round = 0; round < 2; round++)
        {
            foreach (string text in Wanted)
            {
                string[] expected = [.. Outputs.Index().Where(output => output.Item.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(static output => $"{output.Index:00}")];
                var query = new LogQuery("w") { OutputText = text, Descending = false };
                (await IdsAsync(query)).ShouldBe(expected, text);
                (await ReadIdsAsync(query)).ToArray().ShouldBe(expected, text);
                LogPage page = await Store.Logs.ListAsync(query with { Limit = 1, Offset = 1 });
                (page.Total, page.Passed, page.Logs.Count).ShouldBe((expected.Length, expected.Length, expected.Length > 1 ? 1 : 0), text);
                page.Search.ShouldBe(new LogSearch(Outputs.Length, true), text);
            }

            await ReopenAsync();
        }
    }

    [Fact]
    public async Task A_search_keeps_to_the_other_conditions_and_to_the_order()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?", LogStatus.Flagged) with { SessionId = "s" };
        await Store.Logs.AppendAsync(log with { Id = "1", Output = "a needle", CostUsd = 3 }, []);
        await Store.Logs.AppendAsync(log with { Id = "2", Output = "hay", CostUsd = 2 }, []);
        await Store.Logs.AppendAsync(log with { Id = "3", Output = "NEEDLES", CostUsd = 1 }, []);
        await Store.Logs.AppendAsync(log with { Id = "4", Output = "needle", Status = LogStatus.Pass, CostUsd = 4 }, []);
        await SampleLogs.AddAsync(Store, "needle", "5");
        Log other = await SampleLogs.InAsync(Store, "p", "?", workspace: "other");
        await Store.Logs.AppendAsync(other with { Id = "6", Output = "needle" }, []);

        var query = new LogQuery("w") { OutputText = "needle", Sort = LogSort.CostUsd };
        (await IdsAsync(query)).ShouldBe(["4", "1", "3"]);
        (await IdsAsync(query with { Descending = false, Offset = 1 })).ShouldBe(["1", "4"]);
        LogPage flagged = await Store.Logs.ListAsync(query with { Status = LogStatus.Flagged, Project = "P" });
        flagged.Logs.Select(static item => (item.Log.Id, item.SessionTurnCount)).ShouldBe([("1", 4), ("3", 4)]);
        (flagged.Total, flagged.FailuresDetected, flagged.PendingReviews, flagged.Passed).ShouldBe((2, 2, 2, 0));
        flagged.Search.ShouldBe(new LogSearch(3, true));
        (await Store.Logs.ListAsync(query with { WorkspaceId = "nobody" })).Search.ShouldBe(new LogSearch(0, true));
        (await Store.Logs.ListAsync(query with { OutputText = null })).Search.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_deleted_is_not_found_and_what_is_decided_is_found_as_it_became()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?", LogStatus.Flagged) with { Output = "a needle" };
        Log going = await SampleLogs.InAsync(Store, "going", "?") with { Output = "a needle" };
        foreach (string id in (string[])["1", "2", "3"])
            await Store.Logs.AppendAsync(log with { Id = id }, []);
        await Store.Logs.AppendAsync(going with { Id = "4" }, []);
        await Store.Logs.DeleteAsync("w", "1");
        await Store.Projects.DeleteAsync("w", going.ProjectId);
        await Store.Logs.ChangeAsync("w", ["2"], static log => new LogWrite(log with { Decision = new(DecisionKind.Rejected, SampleLogs.Noon, "Ada", "api") }, []));
        await Store.Logs.AppendAsync(log with { Id = "1", Output = "hay" }, []);
        for (int round = 0; round < 2; round++)
        {
            LogPage page = await Store.Logs.ListAsync(new LogQuery("w") { OutputText = "Needle", Descending = false });
            page.Logs.Select(static item => item.Log.Id).ShouldBe(["2", "3"]);
            (page.Total, page.FailuresDetected, page.PendingReviews).ShouldBe((2, 2, 1));
            (await ReadIdsAsync(new LogQuery("w") { OutputText = "Needle" })).ShouldBe(["2", "3"]);
            await ReopenAsync();
        }
    }
}
