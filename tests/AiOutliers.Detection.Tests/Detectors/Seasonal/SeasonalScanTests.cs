using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

public sealed class SeasonalScanTests
{
    private const int Day = 288;

    // Of 14 days the longest window is a thirtieth.
    private const int HalfWindow = 14 * Day / 30 / 2;

    [Fact]
    public void Run_SpikeDipAndOutage_AreFoundWhereTheyAre()
    {
        var values = TrafficSeries.Daily(7 * Day, Day, 4);
        values[500] *= 3;
        values[1200] /= 4;
        for (var i = 1500; i < 1530; i++)
            values[i] = 0;

        var result = SeasonalScan.Run(values, Day, Sensitivity.Normal);

        result.Period.ShouldBe(Day);
        // The prediction from the neighbours is off next to the outage as well.
        var sharp = Flagged(result, AlarmClasses.Sharp);
        sharp.ShouldBeSubsetOf([500, 1200, .. Enumerable.Range(1495, 40)]);
        new[] { 500, 1200 }.Concat(Enumerable.Range(1500, 30)).ShouldBeSubsetOf(sharp);
        Flagged(result, AlarmClasses.Outage).ShouldBe(Enumerable.Range(1500, 30));
        result.Deviation[500].ShouldBeGreaterThan(7);
        result.Deviation[1200].ShouldBeLessThan(-7);
        values[500].ShouldBeGreaterThan(result.Upper[500]);
        values[1200].ShouldBeLessThan(result.Lower[1200]);
    }

    [Fact]
    public void Run_DeviationThatLasts_IsSustained()
    {
        var values = TrafficSeries.Daily(14 * Day, Day, 5);
        for (var i = 3000; i < 3100; i++)
            values[i] *= 2;

        var flagged = Flagged(SeasonalScan.Run(values, Day, Sensitivity.Normal), AlarmClasses.Sustained);

        flagged.Length.ShouldBeGreaterThan(50);
        flagged.ShouldAllBe(row => row >= 3000 - HalfWindow && row < 3100 + HalfWindow);
    }

    [Fact]
    public void Run_NoHint_FindsTheDayAndTheWeek()
    {
        var values = TrafficSeries.Daily(28 * 48, 48, 6);
        for (var i = 0; i < values.Length; i++)
            values[i] *= i / 48 % 7 >= 5 ? 0.7 : 1;

        var result = SeasonalScan.Run(values, 0, Sensitivity.Normal);

        result.Period.ShouldBe(48);
        result.LongPeriod.ShouldBe(336);
    }

    [Theory]
    [InlineData(0, nameof(SeasonalScanState.NoData))]
    [InlineData(5, nameof(SeasonalScanState.TooShort))]
    [InlineData(7, nameof(SeasonalScanState.TooShort))]
    [InlineData(8, nameof(SeasonalScanState.Judged))]
    public void Run_FewPoints_SaysWhatIsMissing(int n, string state)
    {
        double[] values = [.. Enumerable.Range(0, n).Select(i => i % 3 + 1.0)];

        var result = SeasonalScan.Run(values, 0, Sensitivity.High);

        result.State.ToString().ShouldBe(state);
        result.Alarms.ShouldAllBe(alarm => alarm == AlarmClasses.None);
        result.Expected.Length.ShouldBe(n);
    }

    [Fact]
    public void Run_ConstantZeroOrMissing_IsNotJudged()
    {
        SeasonalScan.Run(Enumerable.Repeat(0.0, 50).ToArray(), 0, Sensitivity.High).State.ShouldBe(SeasonalScanState.Flat);
        SeasonalScan.Run(Enumerable.Repeat(1e15, 50).ToArray(), 0, Sensitivity.High).State.ShouldBe(SeasonalScanState.Flat);
        SeasonalScan.Run(Enumerable.Repeat(double.NaN, 50).ToArray(), 0, Sensitivity.High).State.ShouldBe(SeasonalScanState.NoData);
        SeasonalScan.Run([.. Enumerable.Repeat(double.NaN, 50), 3.0], 0, Sensitivity.High).Expected.ShouldAllBe(value => value == 3);
    }

    [Fact]
    public void Run_MoreSensitive_FlagsAtLeastAsMuch()
    {
        var golden = GoldenScan.Load("nab_nyc_taxi_first_2016");

        var counts = new[] { 0, 0.2, 1.0 / 3, 0.5, 2.0 / 3, 0.9, 1 }
            .Select(level => SeasonalScan.Run(golden.X, golden.Hint, new Sensitivity(level)).Alarms.Count(alarm => alarm != AlarmClasses.None)).ToArray();

        counts.ShouldBeInOrder();
        counts[^1].ShouldBeGreaterThan(counts[0]);
    }

    [Fact]
    public void Run_ZerosWhereZeroIsUsual_AreNoOutage()
    {
        var random = new Random(8);
        double[] values = [.. Enumerable.Range(0, 600).Select(_ => random.NextDouble() < 0.6 ? 0.0 : 5 + random.NextDouble())];

        Flagged(SeasonalScan.Run(values, 0, Sensitivity.High), AlarmClasses.Outage).ShouldBeEmpty();
    }

    private static int[] Flagged(SeasonalScanResult result, AlarmClasses alarm) =>
        [.. result.Alarms.Index().Where(row => row.Item.HasFlag(alarm)).Select(row => row.Index)];
}
