using System.Diagnostics;
using System.Globalization;
using AiOutliers.Druid.Embedded;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>Runs of a monitor that knows nothing yet, over the embedded engine, until all entities are judged.</summary>
internal static class ColdStart
{
    /// <summary>What a service lets the embedded engine hold.</summary>
    private const int ServiceMegabytes = 128;

    public static async Task<int> RunAsync(int entities)
    {
        var folder = Directory.CreateTempSubdirectory("aioutliers-cold-").FullName;
        try
        {
            var clock = new SetClock { Now = HostFile.WriteApart(folder, entities, Fleet.HistoryDays).AddHours(-1) };
            using var source = new EmbeddedEngine(folder, options: new() { MemoryMegabytes = ServiceMegabytes });
            var settings = new MonitoringSettings { Database = DatabaseAddress.Parse($"sqlite:{Path.Combine(folder, "cold.db")}") };
            await using var runtime = new MonitoringRuntime(settings, new(), clock);
            await runtime.Catalog.ApplyAsync(runtime.Catalog.Read(HostFile.Document, "bench"), new Actor("bench"), default);
            var analyzer = new OutlierAnalyzer(
                runtime.Engine, null, source, TimeProvider.System, new("long", 2), NullLogger<OutlierAnalyzer>.Instance);
            var started = Stopwatch.StartNew();
            for (var judged = 0L; judged < entities && clock.Now.Minute < 55; clock.Now = clock.Now.AddMinutes(5))
            {
                await runtime.RunDueAsync(analyzer, source, NullLoggerFactory.Instance, default);
                var run = (await runtime.Runs.ListAsync("hosts", 1, default))[0];
                judged = run.Judged;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"after {started.Elapsed.TotalSeconds:0.0} s {judged} judged; {run.State} {run.Reason} {run.NotJudged}"));
            }
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"processor time {process.TotalProcessorTime.TotalSeconds:0.0} s; "
                + $"peak memory {process.PeakWorkingSet64 / 1048576.0:0} MB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
