using AiOutliers.Druid;
using AiOutliers.Druid.Embedded;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Monitors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring.Tests.Runs;

/// <summary>A monitor over the sample data, whose flood begins at 2024-09-24 14:10 and lasts for 35 minutes.</summary>
internal static class SampleMonitor
{
    public const string Document = """
        apiVersion: aioutliers/v1
        kind: Monitor
        metadata: { name: sensors }
        spec:
          series: { dataSource: rb_flow, metrics: [bytes], granularity: PT5M, by: [sensor_name] }
          schedule: every 5m
          catchUp: 2h
        """;

    public static readonly EmbeddedEngine Data = new(Path.Combine(Golden.Root, "samples"));

    /// <summary>Shortly before the flood.</summary>
    public static ManualClock Clock() => ManualClock.At("2024-09-24T14:00:30Z");

    public static Task ApplyAsync(MonitoringRuntime runtime, string documents) =>
        runtime.Catalog.ApplyAsync(runtime.Catalog.Read(documents, "test"), new Actor("test"), default);

    /// <summary>Judges what is due.</summary>
    public static Task RunAsync(MonitoringRuntime runtime, IDruidSource source, ILoggerFactory? log = null) =>
        runtime.RunDueAsync(AnalyzerOf(runtime, source), source, log ?? NullLoggerFactory.Instance, default);

    public static OutlierAnalyzer AnalyzerOf(MonitoringRuntime runtime, IDruidSource source) =>
        new(runtime.Engine, null, source, TimeProvider.System, new("long", 2), NullLogger<OutlierAnalyzer>.Instance);
}
