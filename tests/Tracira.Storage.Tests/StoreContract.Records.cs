using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Records_are_written_all_or_none_and_count_their_versions()
    {
        (await Store.Records.WriteAsync([new("k", "w", "a", "1", 0), new("k", "", "a", "2")])).ShouldBeTrue();
        (await Store.Records.WriteAsync([new("k", "w", "b", "3"), new("k", "w", "a", "4", 0)])).ShouldBeFalse();
        (await Store.Records.FindAsync("k", "w", "b")).ShouldBeNull();
        (await Store.Records.WriteAsync([new("k", "w", "b", "3", 0), new("k", "w", "a", "4", 1)])).ShouldBeTrue();
        await ReopenAsync();
        (await Store.Records.FindAsync("k", "w", "a")).ShouldBe(new Record("k", "w", "a", "4", 2));
        (await Store.Records.FindAsync("k", "", "a")).ShouldBe(new Record("k", "", "a", "2", 1));
        (await Store.Records.FindAsync("K", "w", "a")).ShouldBeNull();
        (await Store.Records.WriteAsync([new("k", "w", "a", null, 1)])).ShouldBeFalse();
        (await Store.Records.WriteAsync([new("k", "w", "a", null, 2), new("k", "w", "never", null)])).ShouldBeTrue();
        (await Store.Records.WriteAsync([new("k", "w", "a", "5", 0)])).ShouldBeTrue();
        await ReopenAsync();
        (await Store.Records.FindAsync("k", "w", "a")).ShouldBe(new Record("k", "w", "a", "5", 1));
    }

    [Fact]
    public async Task Of_many_that_expect_the_same_version_one_writes()
    {
        bool[] written = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            await Store.Records.WriteAsync([new("k", "w", "a", $"{i}", 0)]))));
        written.Count(static done => done).ShouldBe(1);
    }

    [Fact]
    public async Task Records_are_listed_in_the_ordinal_order_of_their_ids_from_either_end()
    {
        string[] ids = ["B", "a", "aa", "b", "ä"];
        foreach (string id in ids.Reverse())
            await Store.Records.WriteAsync([new("k", "w", id, id), new("k", "v", "v", "v"), new("l", "w", "l", "l")]);
        await ReopenAsync();
        (await RecordsAsync()).ShouldBe(ids);
        (await RecordsAsync(descending: true)).ShouldBe(ids.Reverse());
        (await RecordsAsync(behind: "a", limit: 2)).ShouldBe(["aa", "b"]);
        (await RecordsAsync(behind: "ab", limit: 9)).ShouldBe(["b", "ä"]);
        (await RecordsAsync(behind: "b", limit: 2, descending: true)).ShouldBe(["aa", "a"]);
        (await RecordsAsync(behind: "ab", descending: true)).ShouldBe(["aa", "a", "B"]);
        (await RecordsAsync(behind: "ä")).ShouldBeEmpty();
        (await RecordsAsync(behind: "B", descending: true)).ShouldBeEmpty();
        (await Store.Records.ListAsync("nothing", "w")).ShouldBeEmpty();

        async Task<IEnumerable<string>> RecordsAsync(string? behind = null, int limit = int.MaxValue, bool descending = false) =>
            (await Store.Records.ListAsync("k", "w", behind, limit, descending)).Select(static record => record.Json);
    }
}
