using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Tracira.Server.Hosting;
using Tracira.Server.Outbound;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Nobody reaches the house's own network through the server.</summary>
public sealed class OutboundGuardTests : IDisposable
{
    private readonly TcpListener _inside = new(IPAddress.Loopback, 0);

    public OutboundGuardTests() => _inside.Start();

    private int Port => ((IPEndPoint)_inside.LocalEndpoint).Port;

    public void Dispose() => _inside.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://127.1/")]
    [InlineData("http://127.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0177.0.0.01/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0X7F.0x0.0x0.0x1/")]
    [InlineData("http://%31%32%37.0.0.1/")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    [InlineData("http://127。0。0。1/")]
    [InlineData("http://127.255.255.254/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://0/")]
    [InlineData("http://0.1.2.3/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://10.255.255.255/")]
    [InlineData("http://012.0.0.1/")]
    [InlineData("http://167772161/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://172.31.255.255/")]
    [InlineData("http://192.168.0.1/")]
    [InlineData("http://3232235777/")]
    [InlineData("http://0xc0.0xa8.1.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://0251.0376.0251.0376/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://192.0.0.192/")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("http://198.18.0.1/")]
    [InlineData("http://198.51.100.7/")]
    [InlineData("http://203.0.113.7/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://239.255.255.250/")]
    [InlineData("http://240.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[::a00:1]/")]
    [InlineData("http://[::ffff:0:127.0.0.1]/")]
    [InlineData("http://[64:ff9b::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[64:ff9b:1::10.0.0.1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2002:c0a8:101::1]/")]
    [InlineData("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://[fec0::1]/")]
    [InlineData("http://[fc00::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("http://[3fff::1]/")]
    [InlineData("http://[100::1]/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://a.localhost/")]
    [InlineData("http://printer.local/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://redis:6379/")]
    [InlineData("http://user@example.com/")]
    [InlineData("http://user:secret@example.com/")]
    [InlineData("http://example.com@127.0.0.1/")]
    [InlineData("http://example.com:80@127.0.0.1/")]
    [InlineData("http:\\\\127.0.0.1\\")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    public void An_address_inside_is_refused_in_every_form(string address)
    {
        // What is no address at all is refused before anybody asks the guard.
        if (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
            Guard().Check(uri).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com:8443/a?b=c#d")]
    [InlineData("http://1.1.1.1/")]
    [InlineData("http://172.15.0.1/")]
    [InlineData("http://172.32.0.1/")]
    [InlineData("http://100.63.0.1/")]
    [InlineData("http://11.0.0.1/")]
    [InlineData("http://[2606:4700:4700::1111]/")]
    [InlineData("http://[64:ff9b::1.1.1.1]/")]
    [InlineData("http://[::ffff:1.1.1.1]/")]
    [InlineData("https://localhost.example.com/")]
    [InlineData("https://bücher.example/")]
    public void An_address_outside_is_not(string address) => Guard().Check(new Uri(address)).ShouldBeNull();

    [Theory]
    [InlineData("http://127.0.0.1/", "", "127.0.0.0/8")]
    [InlineData("http://127.1/", "", "127.0.0.0/8")]
    [InlineData("http://[::ffff:127.0.0.1]/", "", "127.0.0.0/8")]
    [InlineData("http://[fd12::1]/", "", "10.0.0.0/8;fd12::/16")]
    [InlineData("http://n8n:5678/", "", "172.16.0.0/12")]
    [InlineData("http://n8n:5678/", "n8n", "")]
    [InlineData("http://N8N.:5678/", "other, n8n", "")]
    [InlineData("http://a.intern.local/", "*.intern.local", "")]
    [InlineData("http://10.1.2.3/", "10.1.2.3", "")]
    public void An_address_that_a_setting_allows_is_not(string address, string hosts, string networks) =>
        Guard(hosts, networks).Check(new Uri(address)).ShouldBeNull();

    [Theory]
    [InlineData("http://10.1.2.3/", "", "10.2.0.0/16")]
    [InlineData("http://intern.local/", "*.intern.local", "")]
    [InlineData("http://evilintern.local/", "*.intern.local", "")]
    [InlineData("http://xn8n/", "n8n", "")]
    public void A_setting_allows_no_more_than_it_says(string address, string hosts, string networks) =>
        Guard(hosts, networks).Check(new Uri(address)).ShouldNotBeNull();

    [Fact]
    public void A_refusal_names_the_setting_that_would_allow_it()
    {
        Guard().Check(new Uri("http://10.0.0.1/"))!.ShouldContain("Outbound:AllowedNetworks");
        Guard().Check(new Uri("http://redis/"))!.ShouldContain("Outbound:AllowedHosts");
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_even_where_only_one_of_its_addresses_does()
    {
        using OutboundHttp http = Http(Guard(), "93.184.215.14", "10.0.0.1");
        await Should.ThrowAsync<OutboundRefusedException>(http.GetAsync(new Uri("http://rebind.example/"), CancellationToken.None));
        using OutboundHttp metadata = Http(Guard(), "169.254.169.254");
        OutboundRefusedException refusal = await Should.ThrowAsync<OutboundRefusedException>(
            metadata.GetAsync(new Uri("http://rebind.example/"), CancellationToken.None));
        refusal.Message.ShouldContain("169.254.169.254");
    }

    [Fact]
    public async Task A_name_that_led_outside_when_the_log_was_accepted_and_inside_when_it_is_fetched_leads_nowhere()
    {
        var answers = new Queue<string>(["93.184.215.14", "127.0.0.1"]);
        HostResolver resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Count > 1 ? answers.Dequeue() : answers.Peek()) });
        OutboundGuard guard = Guard();
        var uri = new Uri($"http://rebind.example:{Port}/");
        guard.Check(uri).ShouldBeNull();
        guard.Check(uri.Host, (await resolve(uri.Host, default))[0]).ShouldBeNull();
        using var http = new OutboundHttp(guard, resolve);
        await Should.ThrowAsync<OutboundRefusedException>(http.GetAsync(uri, CancellationToken.None));
        _inside.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task A_connection_goes_to_the_address_that_was_checked_and_asks_no_second_time()
    {
        int asked = 0;
        using var http = new OutboundHttp(Guard(networks: "127.0.0.0/8"), (_, _) =>
        {
            asked++;
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });
        Task serving = AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        using HttpResponseMessage response = await http.GetAsync(new Uri($"http://pinned.example:{Port}/"), CancellationToken.None);
        (await response.Content.ReadAsStringAsync()).ShouldBe("ok");
        asked.ShouldBe(1);
        await serving;
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("//[::1]/")]
    [InlineData("http://user:secret@example.com/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_to_an_address_inside_is_refused(string location)
    {
        using OutboundHttp http = Http(Guard(networks: "127.0.0.1/32"), "127.0.0.1");
        Task serving = AnswerAsync($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await Should.ThrowAsync<OutboundRefusedException>(http.GetAsync(new Uri($"http://public.example:{Port}/"), CancellationToken.None));
        await serving;
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_not_one_more()
    {
        using OutboundHttp http = Http(Guard(networks: "127.0.0.1/32"), "127.0.0.1");
        Task serving = Task.Run(async () =>
        {
            for (int i = 0; i < 4; i++)
                await AnswerAsync("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await Should.ThrowAsync<HttpRequestException>(http.GetAsync(new Uri($"http://public.example:{Port}/"), CancellationToken.None));
        await serving;
        _inside.Pending().ShouldBeFalse();
    }

    private static OutboundGuard Guard(string hosts = "", string networks = "") => new(new ServerOptions
    {
        DataFolder = "",
        Urls = "",
        AllowedHosts = hosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        AllowedNetworks = [.. networks.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static network => IPNetwork.Parse(network))],
    });

    private static OutboundHttp Http(OutboundGuard guard, params string[] addresses) =>
        new(guard, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));

    private async Task AnswerAsync(string answer)
    {
        using TcpClient client = await _inside.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}
