using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.SeasonalScan;
using AiOutliers.Detection.Numerics;
using Scan = AiOutliers.Detection.Detectors.SeasonalScan.SeasonalScan;

namespace AiOutliers.Detection.Tests.Detectors.SeasonalScan;

public sealed class SeasonalScanGoldenTests
{
    /// <summary>The golden files hold twelve digits.</summary>
    private const double Relative = 1e-9;

    public static TheoryData<string> Series => [.. GoldenScan.Names];

    [Theory]
    [MemberData(nameof(Series))]
    public void Run_GoldenSeries_ScoresAndBandAgree(string name)
    {
        var golden = GoldenScan.Load(name);

        var result = Scan.Run(golden.X, golden.Hint, Sensitivity.Normal);

        (result.State == SeasonalScanState.Judged).ShouldBe(golden.IsJudged);
        if (golden.IsJudged)
        {
            ShouldAgree(result.Point, golden.Series("point"), "point", floor: 1);
            ShouldAgree(result.Wide, golden.Series("wide"), "wide", floor: 1);
            ShouldAgree(result.Range, golden.Series("tiered"), "range", floor: 1);
        }
        ShouldAgree(result.Expected, golden.Series("expected"), "expected");
        ShouldAgree(result.Lower, golden.Series("low"), "low");
        ShouldAgree(result.Upper, golden.Series("high"), "high");
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void Run_GoldenSeries_FlagsTheSameRows(string name)
    {
        var golden = GoldenScan.Load(name);

        var normal = Scan.Run(golden.X, golden.Hint, Sensitivity.Normal);
        var high = Scan.Run(golden.X, golden.Hint, Sensitivity.High);

        Rows(normal, AlarmClasses.Sharp).ShouldBe(golden.Rows("sharp"));
        Rows(normal, AlarmClasses.Sustained | AlarmClasses.Outage).ShouldBe(golden.Rows("sustained"));
        Rows(high, AlarmClasses.All).ShouldBe(golden.Rows("flags_high"));
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void Channels_GoldenSeries_Agree(string name)
    {
        var golden = GoldenScan.Load(name);
        if (!golden.IsJudged)
            return;
        var scratch = new Scratch(new double[Scan.ScratchLength(golden.X.Length)]);
        var series = new ScannedSeries(golden.X, MissingValues.Places(golden.X), ref scratch);

        var channels = Channels.Of(series, PeriodFinder.Find(series.AtPoints, series.Known.Length, golden.Hint, scratch), ref scratch);

        channels.Period.ShouldBe(golden.Period);
        channels.LongPeriod.ShouldBe(golden.LongPeriod);
        ShouldAgree(channels.Seasonal.ToArray(), golden.Series("seasonal"), "seasonal", floor: 1);
        ShouldAgree(channels.Local.ToArray(), golden.Series("local"), "local", floor: 1);
        ShouldAgree(channels.Autoregressive.ToArray(), golden.Series("autoregressive"), "autoregressive", floor: 1);
    }

    private static int[] Rows(SeasonalScanResult result, AlarmClasses classes) =>
        [.. result.Alarms.Index().Where(row => (row.Item & classes) != 0).Select(row => row.Index)];

    /// <param name="ours">What was computed.</param>
    /// <param name="golden">What was to be.</param>
    /// <param name="what">Named when it fails.</param>
    /// <param name="floor">
    /// Smaller values are compared as if they were this large: 1 for what is measured in robust deviations, where the rest of a difference near 0 has
    /// no digits left.
    /// </param>
    private static void ShouldAgree(double[] ours, double[] golden, string what, double floor = 0)
    {
        ours.Length.ShouldBe(golden.Length);
        for (var i = 0; i < golden.Length; i++)
            ours[i].ShouldBe(golden[i], Relative * Math.Max(Math.Abs(golden[i]), floor), $"{what} {i}");
    }
}
