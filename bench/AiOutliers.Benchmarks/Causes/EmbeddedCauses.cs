using System.Diagnostics;
using System.Globalization;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Explanation;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>Causes of a flood from the data source on: 100,000 cells a window, the embedded engine, all queries included.</summary>
internal static class EmbeddedCauses
{
    private const int Repeats = 7;

    public static async Task PrintAsync(int seed)
    {
        var folder = Directory.CreateTempSubdirectory("aioutliers-causes-");
        try
        {
            var cells = FlowFile.Write(Path.Combine(folder.FullName, "flows.parquet"), seed);
            using var engine = new EmbeddedEngine(folder.FullName);
            var explainer = new Explainer(new(), engine, TimeProvider.System);
            var (times, processor) = (new double[Repeats], new double[Repeats]);
            using var process = Process.GetCurrentProcess();
            ExplanationReport? report = null;
            // The first question loads the file.
            for (var repeat = -1; repeat < Repeats; repeat++)
            {
                process.Refresh();
                var (started, before) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
                report = await explainer.ExplainAsync(Request(), CancellationToken.None);
                process.Refresh();
                if (repeat < 0)
                    continue;
                times[repeat] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                processor[repeat] = (process.TotalProcessorTime - before).TotalMilliseconds;
            }
            Array.Sort(times);
            Array.Sort(processor);
            Console.WriteLine($"embedded engine, {cells} cells in the window (bar 300 ms, at most 3 elements explain 90 %):");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  median {times[Repeats / 2]:0} ms, best {times[0]:0} ms, processor {processor[Repeats / 2]:0} ms; ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"{report!.Queries} queries, {report.Elements.Count} elements explain {report.Explained:0.00}"));
            foreach (var line in ExplanationWords.Of(report))
                Console.WriteLine("  " + line);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ExplanationRequest Request() => new()
    {
        Query = DruidQuery.Parse("""
            {"queryType":"timeseries","dataSource":"flows","granularity":"minute","intervals":["2024-09-24T14:00Z/2024-09-24T15:00Z"],
             "aggregations":[{"type":"longSum","name":"flows","fieldName":"events"}]}
            """u8),
        Metric = "flows",
        Window = new TimeWindow(FlowFile.Begin.ToUnixTimeMilliseconds(), FlowFile.Begin.AddHours(1).ToUnixTimeMilliseconds()),
        Dimensions = ["dst_ip", "protocol", "dst_port"],
    };
}
