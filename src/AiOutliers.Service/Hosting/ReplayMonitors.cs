using System.Text.Json;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Hosting;

/// <summary>What a replay needs: a clock that begins at the right time, and the folder's monitors.</summary>
internal static class ReplayMonitors
{
    /// <summary>At 60 seconds a second the first incident comes within a minute.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(20), LastWeek = TimeSpan.FromDays(7);

    public static ReplayClock ClockOf(ReplaySettings replay) => new(replay.From ?? Begin(replay.Folder), replay.Speed, TimeProvider.System);

    public static async Task ApplyAsync(MonitoringRuntime runtime, ReplaySettings replay, ILogger logger, CancellationToken cancellation)
    {
        var folder = Path.Combine(replay.Folder, "monitors");
        var documents = MonitorFiles.Read(runtime.Engine, Directory.Exists(folder) ? [folder] : []);
        var changes = await runtime.Catalog.ApplyAsync(documents.Checked(), new Actor("replay"), cancellation);
        logger.LogInformation(
            "Replay of {Folder} from {Begin:yyyy-MM-dd HH:mm} at {Speed} seconds a second, with {Count} documents of {Monitors}",
            replay.Folder, runtime.Clock.GetUtcNow(), replay.Speed, changes.Count, folder);
    }

    /// <summary>Shortly before the first known incident of the last week that the folder's labels tell of.</summary>
    /// <exception cref="Detection.AiOutliersException">The folder has no labels.</exception>
    private static DateTimeOffset Begin(string folder)
    {
        var path = Path.Combine(folder, "labels.json");
        if (!File.Exists(path))
            throw new Detection.AiOutliersException(
                Detection.ErrorKind.BadInput, $"'{folder}' lacks a labels.json that says where it is worth beginning; add --from TIME");
        using var labels = JsonDocument.Parse(File.ReadAllText(path));
        var begins = labels.RootElement.EnumerateArray()
            .Select(static label => label.GetProperty("start").GetDateTimeOffset()).Order().ToList();
        return begins.First(begin => begin > begins[^1] - LastWeek) - Before;
    }
}
