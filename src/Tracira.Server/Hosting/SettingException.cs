namespace Tracira.Server.Hosting;

/// <summary>Thrown when a setting's value cannot be used.</summary>
internal sealed class SettingException(string key, string message)
    : Exception($"The setting {key} (environment: {TraciraConfiguration.EnvironmentName(key)}) {message}.");
