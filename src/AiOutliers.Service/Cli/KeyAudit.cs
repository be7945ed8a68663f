using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary>Writes down who added or revoked a key, where there is a database. The key itself is in no line of it.</summary>
internal static class KeyAudit
{
    public static async Task<int> WriteAsync(
        Settings settings, string action, string name, string? role, CancellationToken cancellation)
    {
        if (settings.Monitoring is not { } monitoring)
            return ExitCode.Success;
        await using var runtime = new MonitoringRuntime(monitoring, settings.Engine, TimeProvider.System);
        // A command must not make the service's database: it would be of another user.
        if (!runtime.Database.MayExist)
            return ExitCode.Success;
        try
        {
            await runtime.Audit.WriteAsync(Actor.OfCommand(), action, $"Key/{name}", cancellation, role);
        }
        catch (AiOutliersException error)
        {
            // The key is what counts, and it is written.
            System.Console.Error.WriteLine($"warning: the audit does not have it: {error.Message}");
        }
        return ExitCode.Success;
    }
}
