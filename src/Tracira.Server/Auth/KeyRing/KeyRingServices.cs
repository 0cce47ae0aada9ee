using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Tracira.Server.Auth.KeyRing;

internal static class KeyRingServices
{
    /// <summary>Registers the framework's Data Protection over <see cref="StoredKeyRing"/>, and <see cref="SecretProtector"/>.</summary>
    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Tracira");
        services.AddSingleton<StoredKeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(static provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = provider.GetRequiredService<StoredKeyRing>()));
        services.AddSingleton<SecretProtector>();
    }

    /// <summary>
    /// Takes out the service that reads the ring, and makes its first key, before the doors open. A key is made when something is first
    /// protected; until then nobody should wait for it. Call it when everything else is registered: other parts bring the service in again.
    /// </summary>
    public static void KeepKeyRingLazy(this IServiceCollection services)
    {
        foreach (ServiceDescriptor service in services.Where(IsWarmUp).ToArray())
            services.Remove(service);

        static bool IsWarmUp(ServiceDescriptor service) =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly;
    }
}
