using System.Diagnostics;
using AiOutliers.Detection.Detectors;
using AiOutliers.Samples.Suite;
using static AiOutliers.Benchmarks.History.Figures;

namespace AiOutliers.Benchmarks.History;

/// <summary>What judging costs when 14 days at one minute are looked at for 60 rows: the detector, and cutting out those rows.</summary>
internal static class JudgingTime
{
    private const double Bar = 10;
    private const int Rows = 20_160, Asked = 60, Seed = 62_000;

    /// <summary>Compilation has its final form after so many.</summary>
    private const int WarmUp = 3000;

    public static IEnumerable<HistoryRow> Measure(int repeats)
    {
        var series = SuiteGenerator.Make(SuiteType.Spike, Seed, days: 15, stepMinutes: 1);
        var table = SuiteTables.Of(series, series.Values.AsSpan(0, Rows));
        var milliseconds = Enumerable.Range(0, WarmUp + repeats).Select(_ => Time()).Skip(WarmUp).ToArray();
        var median = Median(milliseconds);
        var measured = Text($"p50 {median:0.0} ms, fastest {milliseconds.Min():0.0} ms, of {repeats}");
        return [new("20,160 rows judged for 60 asked ones", $"<= {Bar} ms", measured, median <= Bar)];

        double Time()
        {
            var started = Stopwatch.GetTimestamp();
            var asked = table.Slice(Rows - Asked, Asked);
            var result = SuiteTables.Judge(table).Slice(Rows - Asked, Asked, asked.Times[0], asked.Times[^1] + asked.StepMilliseconds);
            GC.KeepAlive(result);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }
}
