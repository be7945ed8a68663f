using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Detection.Tests.Detectors.LevelShift;

[Trait("tier", "functional")]
public sealed class ShiftSuiteTests
{
    private const int Series = 16;

    /// <summary>No constant was chosen on these.</summary>
    private const int FirstSeed = 7_000;

    private const int Days = 14;

    [Theory]
    [InlineData(SuiteType.Shift, 14)]
    [InlineData(SuiteType.Ramp, 14)]
    [InlineData(SuiteType.MissingPeak, 15)]
    [InlineData(SuiteType.StepUp, 14)]
    [InlineData(SuiteType.StepDown, 14)]
    public void Find_TwoWeeksWithCalendar_FindsMost(object type, int floor)
    {
        Enumerable.Range(FirstSeed, Series).Count(seed => IsFound(SuiteGenerator.Make((SuiteType)type, seed, Days))).ShouldBeGreaterThanOrEqualTo(floor);
    }

    /// <summary>The weekend is told from the levels of the days.</summary>
    [Theory]
    [InlineData(SuiteType.Shift, 14)]
    [InlineData(SuiteType.Ramp, 14)]
    [InlineData(SuiteType.MissingPeak, 15)]
    public void Find_TwoWeeksWithoutTimes_FindsAsMuch(object type, int floor)
    {
        ShiftSegments.ForUnknownTimes(Days * 288, 288).ShouldBe(ShiftCalendar.Unknown);
        ShiftSegments.ForUnknownTimes(Days * 288 - 1, 288).ShouldBeNull();
        var series = Enumerable.Range(FirstSeed, Series).Select(seed => SuiteGenerator.Make((SuiteType)type, seed, Days));

        series.Count(static one => IsFound(one, ShiftCalendar.Unknown)).ShouldBeGreaterThanOrEqualTo(floor);
    }

    [Fact]
    public void Find_CleanSeries_RaisesNextToNothing()
    {
        var series = Enumerable.Range(FirstSeed, 40).Select(static seed => SuiteGenerator.Make(SuiteType.Clean, seed, Days)).ToArray();

        series.Sum(static one => Find(one, Sensitivity.Normal).Count).ShouldBeLessThanOrEqualTo(4);
        series.Sum(static one => Find(one, Sensitivity.Quiet).Count).ShouldBe(0);
    }

    private static bool IsFound(SuiteSeries series) => IsFound(series, new(series.Start, series.Step));

    private static bool IsFound(SuiteSeries series, ShiftCalendar calendar)
    {
        var truth = series.Disturbances.ShouldHaveSingleItem();
        return ShiftAlarm.Find(series.Values, 288, Sensitivity.Normal, calendar).Any(found => found.Direction == truth.Direction && found.Start < truth.End && truth.Start < found.End);
    }

    private static IReadOnlyList<ShiftEvent> Find(SuiteSeries series, Sensitivity sensitivity) => ShiftAlarm.Find(series.Values, 288, sensitivity, new(series.Start, series.Step));
}
