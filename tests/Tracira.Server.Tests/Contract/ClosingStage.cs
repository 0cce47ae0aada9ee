using System.Net.Sockets;
using System.Text;

namespace Tracira.Server.Tests.Contract;

/// <summary>A server that begins to shut down while every case's call is half sent, and what it answers once it has the other half.</summary>
public sealed class ClosingStage : ContractStage
{
    private readonly Dictionary<string, Reply> _replies = [];

    internal Reply this[ContractCase known] => _replies[known.Name];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        List<(ContractCase Case, PreparedCall Call)> calls = [];
        foreach (ContractCase known in ContractCases.Closing)
        {
            await using Scene scene = await Scene.SetAsync(this);
            calls.Add((known, await known.PrepareAsync(scene)));
        }

        List<(ContractCase Case, TcpClient Connection, string SecondHalf)> begun = [];
        foreach ((ContractCase known, PreparedCall call) in calls)
        {
            (string head, string rest) = call.Write();
            TcpClient connection = new();
            await connection.ConnectAsync(Address.Host, Address.Port);
            await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head));
            begun.Add((known, connection, rest));
        }

        await Task.Delay(200); // until the server has read the first halves: of a connection without a request it would take its leave
        Task<int> stopping = Server.StopAsync();
        await UntilNobodyIsLetInAsync();
        foreach ((ContractCase known, TcpClient connection, string rest) in begun)
        {
            await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(rest));
            using var reader = new StreamReader(connection.GetStream());
            _replies[known.Name] = Reply.Parse(await reader.ReadToEndAsync());
            connection.Dispose();
        }

        await stopping;
    }

    private async Task UntilNobodyIsLetInAsync()
    {
        while (true)
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(Address.Host, Address.Port);
                await Task.Delay(20);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
