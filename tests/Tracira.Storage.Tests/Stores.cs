using Tracira.Storage.LiteDB;
using Tracira.Storage.PostgreSql;
using Xunit;

namespace Tracira.Storage.Tests;

public sealed class InMemoryStoreContract : StoreContract
{
    protected override bool Persists => false;

    protected override int Iterations => 20;

    protected override ITraciraStore Open() => new InMemoryStore();
}

public sealed class LiteDBStoreContract : StoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override bool Persists => true;

    protected override int Iterations => 60;

    protected override ITraciraStore Open() => LiteDBStore.Open(_folder.File("tracira.db"));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class PostgreSqlStoreContract(PostgreSqlDatabase database) : StoreContract, IClassFixture<PostgreSqlDatabase>
{
    protected override bool Persists => true;

    protected override bool ForgetsLeases => false; // others may be at work on what is leased

    protected override int Iterations => 15;

    protected override ITraciraStore Open() => PostgreSqlStore.Open(database.ConnectionString);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        database.Empty();
    }
}
