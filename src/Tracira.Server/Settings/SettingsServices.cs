using Tracira.Server.Api;

namespace Tracira.Server.Settings;

internal static class SettingsServices
{
    /// <summary>Adds what workspaces can set up.</summary>
    public static IServiceCollection AddWorkspaceSettings(this IServiceCollection services)
    {
        services.AddSingleton(static provider =>
            new WorkspaceDocument<WorkspaceSettings>(RecordsOf(provider), "settings", ApiJson.Wire.WorkspaceSettings, new WorkspaceSettings()));
        services.AddSingleton(static provider =>
            new WorkspaceDocument<Dictionary<string, int>>(RecordsOf(provider), "project-retention", ApiJson.Wire.DictionaryStringInt32, []));
        services.AddSingleton<SettingsDirectory>();
        services.AddSingleton<SettingsReader>();
        services.AddSingleton<WorkspaceUsage>();
        services.AddSingleton<ProjectRetention>();
        return services;
    }

    private static IRecordStore RecordsOf(IServiceProvider provider) => provider.GetRequiredService<ITraciraStore>().Records;
}
