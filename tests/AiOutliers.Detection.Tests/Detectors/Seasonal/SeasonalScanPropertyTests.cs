using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using CsCheck;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

public sealed class SeasonalScanPropertyTests
{
    private const int Longest = 1200;

    [Fact]
    public void Run_AnySeries_ScoresAreFiniteAndNeverNegative() => TrafficSeries.Any(1, Longest).Sample(test =>
    {
        var result = Run(test);
        return new[] { result.Range, result.Point, result.Wide }.All(scores =>
                scores.Length == result.Known.Length && scores.All(score => double.IsFinite(score) && score >= 0))
            && result.Sustained.All(score => double.IsFinite(score) && score >= 0)
            && result.Deviation.All(double.IsFinite);
    });

    [Fact]
    public void Run_AnySeries_BandHoldsTheExpectedValue() => TrafficSeries.Any(1, Longest).Sample(test =>
    {
        var result = Run(test);
        return result.State == SeasonalScanState.NoData
            ? result.Expected.All(double.IsNaN)
            : Enumerable.Range(0, test.Values.Length).All(i =>
                double.IsFinite(result.Lower[i]) && double.IsFinite(result.Upper[i])
                && result.Lower[i] <= result.Expected[i] && result.Expected[i] <= result.Upper[i]);
    });

    [Fact]
    public void Run_MissingRows_AreNotAmongTheJudged() => TrafficSeries.Any(1, Longest).Sample(test =>
    {
        var result = Run(test);
        var known = test.Values.Index().Where(static row => double.IsFinite(row.Item)).Select(static row => row.Index);
        return result.Known.SequenceEqual(result.State == SeasonalScanState.Judged ? known : []) && result.Alarms.Length == result.Known.Length;
    });

    [Fact]
    public void Run_TimesAPowerOfTwo_ChangesOnlyTheUnit() =>
        (from test in TrafficSeries.Any(1, Longest)
         from power in Gen.Int[-200, 200]
         select (test, factor: Math.ScaleB(1, power))).Sample(sample =>
        {
            var result = Run(sample.test);
            var scaled = Run(sample.test with { Values = [.. sample.test.Values.Select(value => value * sample.factor)] });
            return scaled.State == result.State
                && scaled.Range.SequenceEqual(result.Range) && scaled.Point.SequenceEqual(result.Point) && scaled.Wide.SequenceEqual(result.Wide)
                && scaled.Sustained.SequenceEqual(result.Sustained) && scaled.Deviation.SequenceEqual(result.Deviation)
                && scaled.Alarms.SequenceEqual(result.Alarms)
                && scaled.Expected.SequenceEqual(result.Expected.Select(value => value * sample.factor))
                && scaled.Upper.SequenceEqual(result.Upper.Select(value => value * sample.factor));
        });

    [Fact]
    public void Run_OneAlarmClassAtATime_MarksWhatAllTogetherDo() => TrafficSeries.Any(100, Longest).Sample(test =>
    {
        var together = Run(test).Alarms;
        return new[] { AlarmClasses.Sharp, AlarmClasses.Sustained, AlarmClasses.Outage }.All(alarm =>
            SeasonalScan.Run(test.Values, test.Hint, Sensitivity.Normal, alarm).Alarms.SequenceEqual(together.Select(all => all & alarm)));
    });

    [Fact]
    public void Run_FromManyThreads_GivesTheSame() => TrafficSeries.Any(8, Longest).Array[20].Sample(tests =>
    {
        var alone = tests.Select(test => Run(test)).ToArray();
        var together = new SeasonalScanResult[tests.Length];
        Parallel.For(0, tests.Length, i => together[i] = Run(tests[i]));
        return alone.Zip(together).All(pair => pair.First.Range.SequenceEqual(pair.Second.Range) && pair.First.Alarms.SequenceEqual(pair.Second.Alarms));
    }, iter: 10);

    [Fact]
    public void Run_LongSeriesOnBusyCores_IsTheSame()
    {
        // So long that another core takes a part of the work, where one is free.
        var values = TrafficSeries.Daily(7 * 1440, 1440, 1);
        var alone = SeasonalScan.Run(values, 1440, Sensitivity.Normal);
        var together = new SeasonalScanResult[8];

        Parallel.For(0, together.Length, i => together[i] = SeasonalScan.Run(values, 1440, Sensitivity.Normal));

        together.ShouldAllBe(result => result.Range.SequenceEqual(alone.Range) && result.Expected.SequenceEqual(alone.Expected));
    }

    [Fact]
    public void Run_Again_AllocatesNothingButTheResult()
    {
        const int n = 2016;
        const int arrays = 10;
        const int header = 24;
        // The record itself, the holder of the prediction's errors, and what code that is not yet optimised boxes.
        const int little = 2048;
        var values = TrafficSeries.Daily(n, 288, 1);

        // The least of some runs: a collection meanwhile may empty the pool of buffers.
        var least = Enumerable.Range(0, 6).Min(_ => Allocated(() => SeasonalScan.Run(values, 288, Sensitivity.Normal)));

        least.ShouldBeLessThanOrEqualTo(arrays * (8 * n + header) + 2 * (4 * n + header) + little);
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static SeasonalScanResult Run((string Kind, double[] Values, int Hint) test) => SeasonalScan.Run(test.Values, test.Hint, Sensitivity.Normal);
}
