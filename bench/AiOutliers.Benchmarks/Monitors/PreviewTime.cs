using System.Diagnostics;
using System.Globalization;
using AiOutliers.Druid.Embedded;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>A preview of the last seven days, with the two weeks before them.</summary>
internal static class PreviewTime
{
    public static async Task<int> RunAsync(int entities)
    {
        var folder = Directory.CreateTempSubdirectory("aioutliers-preview-").FullName;
        try
        {
            var end = HostFile.WriteApart(folder, entities, Fleet.HistoryDays + 7);
            using var source = new EmbeddedEngine(folder);
            var settings = new MonitoringSettings { Database = DatabaseAddress.Parse($"sqlite:{Path.Combine(folder, "none.db")}") };
            await using var runtime = new MonitoringRuntime(settings, new(), TimeProvider.System);
            var monitor = runtime.Catalog.Read(HostFile.Document, "bench").Monitors[0];
            var analyzer = new OutlierAnalyzer(
                runtime.Engine, null, source, TimeProvider.System, new("long", 2), NullLogger<OutlierAnalyzer>.Instance);
            var started = Stopwatch.StartNew();
            var preview = await runtime.PreviewAsync(monitor, 7, end, analyzer, source, null, default);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{preview.Entities} entities, {preview.Incidents.Count} incidents in {started.Elapsed.TotalSeconds:0.0} s "
                + $"(data source {preview.SourceMilliseconds} ms, judging {preview.JudgingMilliseconds} ms); "
                + $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:0} MB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }
}
