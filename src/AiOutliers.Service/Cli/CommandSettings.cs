using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary>The configuration of a command that runs to its end: what is odd in it is said on standard error.</summary>
internal static class CommandSettings
{
    /// <param name="config">The file; null: the environment only.</param>
    /// <exception cref="AiOutliersException">It cannot be used.</exception>
    public static Settings Read(string? config)
    {
        var settings = SettingsReader.Read(config, testing: false, DetectorCatalog.Names);
        foreach (var warning in settings.Warnings)
            System.Console.Error.WriteLine($"warning: {warning}");
        return settings;
    }
}
