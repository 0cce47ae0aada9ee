using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    private const int Chunk = 64 * 1024; // of LiteDB's; sizes around it are where a piece could be lost

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((5 * Chunk) + 7)]
    public async Task A_file_comes_back_as_it_went_in(int size)
    {
        byte[] content = Content(size);
        MediaFile file = File("w/a.pdf");
        (await Store.Media.SaveAsync(file, Trickling(content), maxBytes: size)).ShouldBe(file with { Bytes = size });
        await ReopenAsync();
        (await Store.Media.FindAsync("w", file.Key)).ShouldBe(file with { Bytes = size });
        (await ReadFileAsync(file.Key)).ShouldBe(content);
        (await Store.Media.CountBytesAsync("w")).ShouldBe(size);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_stored_and_what_was_there_stays()
    {
        await Store.Media.SaveAsync(File("w/a"), new MemoryStream(Content(10)), 10);
        (await Store.Media.SaveAsync(File("w/a"), Trickling(Content((3 * Chunk) + 1)), 3 * Chunk)).ShouldBeNull();
        (await Store.Media.SaveAsync(File("w/b"), new MemoryStream(Content(11)), 10)).ShouldBeNull();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await Store.Media.SaveAsync(File("w/a"), new MemoryStream(Content(9)), 10, new CancellationToken(true)));
        await Should.ThrowAsync<IOException>(async () => await Store.Media.SaveAsync(File("w/a"), new BreakingStream(Content(2 * Chunk)), long.MaxValue));
        await ReopenAsync();
        (await ReadFileAsync("w/a")).ShouldBe(Content(10));
        (await Store.Media.FindAsync("w", "w/b")).ShouldBeNull();
        (await Store.Media.CountBytesAsync("w")).ShouldBe(10);
    }

    [Fact]
    public async Task A_file_takes_the_place_of_the_one_before_it()
    {
        await Store.Media.SaveAsync(File("w/a"), new MemoryStream(Content(3 * Chunk)), long.MaxValue);
        MediaFile second = File("w/a") with { Filename = "second", ContentType = "text/plain", CreatedAt = SampleLogs.Noon.AddDays(1) };
        await Store.Media.SaveAsync(second, new MemoryStream(Content(5)), long.MaxValue);
        await ReopenAsync();
        (await Store.Media.FindAsync("w", "w/a")).ShouldBe(second with { Bytes = 5 });
        (await ReadFileAsync("w/a")).ShouldBe(Content(5));
        (await Store.Media.CountBytesAsync("w")).ShouldBe(5);
    }

    [Fact]
    public async Task What_is_being_read_is_read_to_the_end_though_the_file_is_replaced_and_deleted_meanwhile()
    {
        byte[] content = Content((4 * Chunk) + 3);
        await Store.Media.SaveAsync(File("w/a"), new MemoryStream(content), long.MaxValue);
        await using Stream open = (await Store.Media.OpenAsync("w", "w/a"))!;
        byte[] read = new byte[content.Length];
        await open.ReadExactlyAsync(read.AsMemory(0, 10));
        await Store.Media.SaveAsync(File("w/a"), new MemoryStream(Content(5)), long.MaxValue);
        await Store.Media.DeleteAsync("w", ["w/a"]);
        await Task.Delay(200);
        await open.ReadExactlyAsync(read.AsMemory(10));
        read.ShouldBe(content);
        (await open.ReadAsync(new byte[1])).ShouldBe(0);
        (await Store.Media.FindAsync("w", "w/a")).ShouldBeNull();
        (await Store.Media.OpenAsync("w", "w/a")).ShouldBeNull();
    }

    [Fact]
    public async Task Files_are_listed_by_prefix_in_the_order_of_their_keys()
    {
        string[] keys = ["w/a/1", "w/a/10", "w/a/2", "w/A/1", "w/b", "w/ä\uFFFF", "w/👋", "w/" + new string('ü', 498)];
        foreach (string key in keys)
            await Store.Media.SaveAsync(File(key), new MemoryStream(Content(1)), 1);
        await Store.Media.SaveAsync(File("other/a") with { WorkspaceId = "other" }, new MemoryStream(Content(7)), 7);
        for (int i = 0; i < 250; i++)
            await Store.Media.SaveAsync(File($"w/many/{i:000}"), new MemoryStream([]), 1);
        await ReopenAsync();
        (await KeysAsync("w/a/")).ShouldBe(["w/a/1", "w/a/10", "w/a/2"]);
        (await KeysAsync("w/many/")).ShouldBe(Enumerable.Range(0, 250).Select(static i => $"w/many/{i:000}"));
        (await KeysAsync("")).Where(static key => !key.StartsWith("w/many/", StringComparison.Ordinal)).ShouldBe(keys.Order(StringComparer.Ordinal));
        (await KeysAsync("x")).ShouldBeEmpty();
        (await SampleLogs.ReadAllAsync(Store.Media.ListAsync("nobody", ""))).ShouldBeEmpty();
        await Store.Media.DeleteAsync("w", ["w/a/1", "w/a/1", "nothing", .. Enumerable.Range(0, 250).Select(static i => $"w/many/{i:000}")]);
        await Store.Media.DeleteAsync("nobody", ["w/b"]);
        (await KeysAsync("w/a")).ShouldBe(["w/a/10", "w/a/2"]);
        (await KeysAsync("w/many/")).ShouldBeEmpty();
        (await Store.Media.CountBytesAsync("w")).ShouldBe(keys.Length - 1);
        (await Store.Media.CountBytesAsync("other")).ShouldBe(7);
        (await Store.Media.CountBytesAsync("nobody")).ShouldBe(0);
    }

    [Fact]
    public async Task Files_that_come_at_once_under_one_key_or_many_are_each_whole()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
            await Store.Media.SaveAsync(File(i % 2 == 0 ? "w/same" : $"w/{i}"), Trickling(Content(Chunk + i)), long.MaxValue))));
        await ReopenAsync();
        byte[] winner = await ReadFileAsync("w/same");
        winner.ShouldBe(Content(winner.Length));
        for (int i = 1; i < 24; i += 2)
            (await ReadFileAsync($"w/{i}")).ShouldBe(Content(Chunk + i));
        (await Store.Media.CountBytesAsync("w")).ShouldBe(winner.Length + Enumerable.Range(0, 24).Where(static i => i % 2 == 1).Sum(static i => Chunk + i));
    }

    [Fact]
    public async Task The_files_of_a_workspace_go_with_it()
    {
        await Store.Workspaces.SaveAsync(new Workspace("w", "W", "wh-1", SampleLogs.Noon));
        await Store.Media.SaveAsync(File("w/a"), new MemoryStream(Content(Chunk * 2)), long.MaxValue);
        await Store.Media.SaveAsync(File("other/a") with { WorkspaceId = "other" }, new MemoryStream(Content(3)), long.MaxValue);
        await Store.Workspaces.DeleteAsync("w");
        for (int round = 0; round < 2; round++)
        {
            (await Store.Media.FindAsync("w", "w/a")).ShouldBeNull();
            (await KeysAsync("")).ShouldBeEmpty();
            (await Store.Media.CountBytesAsync("w")).ShouldBe(0);
            (await Store.Media.CountBytesAsync("other")).ShouldBe(3);
            await ReopenAsync();
        }
    }

    private static MediaFile File(string key) => new("w", key, "a \"ä\".pdf", "application/pdf", 0, SampleLogs.Noon);

    private static byte[] Content(int size)
    {
        byte[] content = new byte[size];
        new Random(size).NextBytes(content);
        return content;
    }

    private async Task<byte[]> ReadFileAsync(string key)
    {
        await using Stream open = (await Store.Media.OpenAsync("w", key))!;
        var read = new MemoryStream();
        await open.CopyToAsync(read);
        return read.ToArray();
    }

    private async Task<List<string>> KeysAsync(string prefix) =>
        [.. (await SampleLogs.ReadAllAsync(Store.Media.ListAsync("w", prefix))).Select(static file => file.Key)];

    // As from a network: in pieces that fit nothing.
    private static TricklingStream Trickling(byte[] content) => new(content);

    private sealed class TricklingStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 4_321)], cancellationToken);
    }

    /// <summary>A caller who hangs up at the end.</summary>
    private sealed class BreakingStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length ? throw new IOException() : base.ReadAsync(buffer, cancellationToken);
    }
}
