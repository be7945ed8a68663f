using System.Diagnostics.Metrics;
using AiOutliers.Cluster.Clock;
using AiOutliers.Service.Hosting;

namespace AiOutliers.Service;

/// <summary>What every command that runs on tells of its node: its log, its clock, and what it depends on.</summary>
internal static class NodeMetrics
{
    /// <param name="meter">Where it is counted.</param>
    /// <param name="log">The log file; null where there is none.</param>
    public static void WatchLog(Meter meter, LogFile? log) =>
        meter.CreateObservableCounter("aioutliers.log.lost", () => log?.Lost ?? 0, description: "Lines that the log file could not take.");

    public static void WatchClock(Meter meter, NetworkClock clock)
    {
        meter.CreateObservableGauge(
            "aioutliers.clock.offset", () => clock.Offset.TotalSeconds, "s", "What is added to the system's clock.");
        meter.CreateObservableGauge(
            "aioutliers.clock.synchronized", () => clock.IsSynchronized ? 1 : 0,
            description: "1 when the NTP server's last answer is believed.");
    }

    /// <param name="meter">Gets the metrics.</param>
    /// <param name="dependencies">By name: whether it answers; null when it is not used, or not asked yet.</param>
    public static void WatchDependencies(Meter meter, Dictionary<string, Func<bool?>> dependencies) => meter.CreateObservableGauge(
        "aioutliers.dependency.up", () => UpOf(dependencies),
        description: "1 when what this node depends on answers: source, redis, s3, consul, database; 0 when it does not.");

    private static IEnumerable<Measurement<int>> UpOf(Dictionary<string, Func<bool?>> dependencies)
    {
        foreach (var (name, isUp) in dependencies)
        {
            if (isUp() is { } up)
                yield return new(up ? 1 : 0, new KeyValuePair<string, object?>("dependency", name));
        }
    }
}
