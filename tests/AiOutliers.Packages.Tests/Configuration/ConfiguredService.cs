using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Configuration;

/// <summary>Starts the service on a configuration file that a package brings.</summary>
internal static class ConfiguredService
{
    private static readonly string[] Program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "rb-aioutliers.dll")];

    public static Task<ServiceProcess> StartAsync(string config, IReadOnlyDictionary<string, string>? settings = null) => StartAsync(Program, config, settings);

    /// <param name="program">The executable and what comes before <c>serve</c>.</param>
    /// <param name="config">The configuration file.</param>
    /// <param name="settings">Put over the file, as environment variables (<c>Section__key</c>).</param>
    public static Task<ServiceProcess> StartAsync(IReadOnlyList<string> program, string config, IReadOnlyDictionary<string, string>? settings = null) =>
        ServiceProcess.StartAsync(["/bin/sh", "-c", "config=$1; shift; exec \"$@\" --config \"$config\"", "sh", config, .. program], settings);
}
