using System.Net;
using System.Net.Sockets;
using Tracira.Server.Hosting;

namespace Tracira.Server.Auth.People;

/// <summary>
/// Slows down who guesses passwords: so many failures in any window of time per account, and more per address. An attempt counts as
/// failed from its beginning, so that many at once are no way around.
/// </summary>
internal sealed class SignInThrottle(ServerOptions options, TimeProvider time)
{
    // Beyond so many accounts and addresses, those whose failures have all left the window are forgotten.
    private const int Crowd = 4_096;

    private readonly SignInLimits _limits = options.People.SignIn;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<long>> _failures = [];

    /// <summary>Notes an attempt, until it turns out well.</summary>
    /// <returns>Null to go on; else how long to wait.</returns>
    public TimeSpan? Begin(string account, IPAddress? address)
    {
        lock (_lock)
        {
            if (_failures.Count > Crowd)
                Sweep();
            List<long> ofAccount = Recent(OfAccount(account));
            List<long> ofAddress = Recent(OfAddress(address));
            TimeSpan wait = Max(Wait(ofAccount, _limits.FailuresPerAccount), Wait(ofAddress, _limits.FailuresPerAddress));
            if (wait > TimeSpan.Zero)
                return wait;
            long now = time.GetTimestamp();
            ofAccount.Add(now);
            ofAddress.Add(now);
            return null;
        }
    }

    /// <summary>The attempt turned out well: the account's failures are forgotten, the address's earlier ones are not.</summary>
    public void Succeed(string account, IPAddress? address)
    {
        lock (_lock)
        {
            _failures.Remove(OfAccount(account));
            if (Recent(OfAddress(address)) is { Count: > 0 } ofAddress)
                ofAddress.RemoveAt(ofAddress.Count - 1);
        }
    }

    private TimeSpan Wait(List<long> failures, int limit) =>
        failures.Count < limit ? TimeSpan.Zero : _limits.Window - time.GetElapsedTime(failures[^limit]);

    private List<long> Recent(string key)
    {
        if (!_failures.TryGetValue(key, out List<long>? failures))
            _failures[key] = failures = [];
        failures.RemoveAll(failure => time.GetElapsedTime(failure) >= _limits.Window);
        return failures;
    }

    private void Sweep()
    {
        foreach (string key in _failures.Keys.ToArray())
        {
            if (Recent(key).Count == 0)
                _failures.Remove(key);
        }
    }

    private static string OfAccount(string account) => "account " + account;

    // Whoever has one IPv6 address has 2^64 of them.
    private static string OfAddress(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? "address " + Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : "address " + address;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
