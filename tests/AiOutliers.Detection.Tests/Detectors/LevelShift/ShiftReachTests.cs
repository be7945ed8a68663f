using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Detection.Tests.Detectors.LevelShift;

/// <summary>What a monitor asks before it judges a series: an event over the last block is never farther away than the threshold.</summary>
public sealed class ShiftReachTests
{
    private const int Day = 288, Points = 14 * Day;

    /// <summary>Levels that changed some half hours ago, or a day.</summary>
    [Fact]
    public void Reach_WhereAnEventIsOverTheLastBlock_IsAtLeastOne()
    {
        var (over, near) = (0, 0);
        for (var seed = 1; seed <= 3; seed++)
        {
            foreach (var (factor, hours) in
                from factor in new[] { 0.4, 0.7, 1.3, 1.6, 2.5 } from hours in new[] { 1, 2, 4, 9, 20, 30 } select (factor, hours))
            {
                var series = SuiteGenerator.Make(SuiteType.Clean, seed, 14);
                var values = series.Values;
                for (var point = Points - 12 * hours - seed; point < Points; point++)
                    values[point] *= factor;
                var calendar = new ShiftCalendar(series.Start, series.Step);
                var isOver = ShiftAlarm.Find(values, Day, Sensitivity.Normal, calendar).Any(static shift => shift.End == Points);
                var reach = ShiftAlarm.Reach(values, Day, Sensitivity.Normal, calendar, share: 0.4);
                (reach >= 1 || !isOver).ShouldBeTrue($"× {factor} for {hours} hours, seed {seed}: {reach}");
                (over, near) = (over + (isOver ? 1 : 0), near + (reach >= 1 ? 1 : 0));
            }
        }

        over.ShouldBeInRange(20, 80);
        near.ShouldBeLessThan(over + 15);
    }

    /// <summary>What is below the share is not computed to the end.</summary>
    [Fact]
    public void Reach_BelowTheShare_IsAnUpperBound()
    {
        var (exact, bounds) = (0, 0);
        for (var seed = 10; seed < 40; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Clean, seed, 14);
            var calendar = new ShiftCalendar(series.Start, series.Step);
            for (var point = Points - 30; point < Points; point++)
                series.Values[point] *= 1.15;
            var reach = ShiftAlarm.Reach(series.Values, Day, Sensitivity.Normal, calendar, share: 0);
            var quick = ShiftAlarm.Reach(series.Values, Day, Sensitivity.Normal, calendar, share: 0.5);
            quick.ShouldBeGreaterThanOrEqualTo(reach);
            (exact, bounds) = (exact + (quick == reach ? 1 : 0), bounds + (quick > reach ? 1 : 0));
        }

        (exact > 0, bounds > 0).ShouldBe((true, true));
    }

    [Fact]
    public void Reach_OfSeriesThatCannotBeJudged_IsZero()
    {
        ShiftAlarm.Reach(new double[Points], Day, Sensitivity.Normal, null, 0.4).ShouldBe(0);
        ShiftAlarm.Reach([1, 2, 3], Day, Sensitivity.Normal, null, 0.4).ShouldBe(0);
    }
}
