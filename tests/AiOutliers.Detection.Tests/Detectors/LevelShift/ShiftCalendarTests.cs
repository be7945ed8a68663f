using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Detection.Incidents;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Detection.Tests.Detectors.LevelShift;

public sealed class ShiftCalendarTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30);
    private static readonly DateTimeOffset Monday = new(2024, 9, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(6, 6)] // 03:00 UTC: Europe
    [InlineData(40, 5)] // 20:00 UTC is 03:00 of the next day in Asia
    [InlineData(20, 6)] // 10:00 UTC is 03:00 of the same day in America
    public void FirstWeekendDay_LowestHalfHour_TellsLocalTime(int cut, int expected)
    {
        // Day 1 begins on Monday at the cut (in Asia it is Tuesday then); Saturday is five days later (four).
        new ShiftCalendar(Monday, Step).FirstWeekendDay(new(48), cut).ShouldBe(expected);
    }

    [Fact]
    public void FirstWeekendDay_EveryDate_IsASaturday()
    {
        for (var first = DateTimeOffset.MinValue; first < DateTimeOffset.MaxValue.AddDays(-400); first = first.AddDays(397))
            ((int)first.DayOfWeek + new ShiftCalendar(first, Step).FirstWeekendDay(new(48), 6) - 1).ShouldBeOneOf(-1, 6);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Of_WeekendAtMostADayFromTheExpected_IsFound(int weekend)
    {
        var levels = Enumerable.Range(0, 15).Select(day => (StepFit.IsWeekend(day, weekend) ? 1.0 : 3.0) + 0.01 * (day % 3)).ToArray();

        WeekendChoice.Of(levels, 5).ShouldBe(weekend);
    }

    [Fact]
    public void Of_NoWeekend_StaysWithTheCalendar()
    {
        var random = new Random(1);
        WeekendChoice.Of([.. Enumerable.Range(0, 15).Select(_ => 3 + 0.05 * random.NextDouble())], 5).ShouldBe(5);
    }

    [Fact]
    public void Find_StepAtTheFirstWeekend_IsToldFromTheWeekendByTheCalendar()
    {
        // Eight hours of work on five days; from the Saturday night on, 1.6 times as much.
        var values = Enumerable.Range(0, 14 * 48).Select(i => Office(i) * (i >= 7 * 48 ? 1.6 : 1)).ToArray();

        var found = ShiftAlarm.Find(values, 48, Sensitivity.Normal, new(Monday, Step)).Where(static one => one.Lasting).ShouldHaveSingleItem();

        found.Start.ShouldBeInRange(7 * 48 - 24, 7 * 48 + 24);
        found.Size.ShouldBe(1.6, 0.1);
    }

    /// <summary>A window that ends now begins elsewhere every five minutes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Find_BegunWithinAHalfHour_FindsTheSameTimes(int skipped)
    {
        var step = TimeSpan.FromMinutes(5);
        var series = SuiteGenerator.Make(SuiteType.Shift, 3, 14);
        var all = ShiftAlarm.Find(series.Values.AsSpan(6), 288, Sensitivity.Normal, new(series.Start + 6 * step, step));

        var some = ShiftAlarm.Find(series.Values.AsSpan(skipped), 288, Sensitivity.Normal, new(series.Start + skipped * step, step));

        all.ShouldNotBeEmpty();
        some.Select(shift => (shift.Start + skipped, shift.End + skipped, shift.Score))
            .ShouldBe(all.Select(static shift => (shift.Start + 6, shift.End + 6, shift.Score)));
    }

    /// <summary>The newest points may not make a block yet.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void Find_LevelThatGoesOn_ReachesTheNewestPoint(int after)
    {
        var series = SuiteGenerator.Make(SuiteType.Clean, 2, 14);
        var values = series.Values[..^(6 - after)];
        for (var i = values.Length - 60; i < values.Length; i++)
            values[i] *= 2.5;

        ShiftAlarm.Find(values, 288, Sensitivity.Normal, new(series.Start, series.Step)).ShouldContain(shift => shift.End == values.Length);
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(5, 5, 5)]
    [InlineData(25, 5, 1)]
    [InlineData(2, 5, 0)] // 00:02 to 00:27 are a half hour, too
    [InlineData(59, 1, 1)]
    [InlineData(-10, 5, 2)] // before 1970
    [InlineData(15, 30, 0)]
    [InlineData(10, 20, 0)] // no half hours
    public void PointsBeforeBlocks_IsUpToTheHalfHour(int minute, int step, int expected) =>
        new ShiftCalendar(DateTimeOffset.UnixEpoch.AddMinutes(minute), TimeSpan.FromMinutes(step))
            .PointsBeforeBlocks(new(1440 / step)).ShouldBe(expected);

    [Fact]
    public void Find_FlatWeekendsOfAnOffice_AreNoMissingPeaks()
    {
        var values = Enumerable.Range(0, 16 * 48).Select(Office).ToArray();

        ShiftAlarm.Find(values, 48, Sensitivity.Normal, new(Monday, Step)).ShouldBeEmpty();
    }

    [Fact]
    public void Find_EndsOnAWeekendNightBeforeTheCut_IsNoDrop()
    {
        // Days are cut at three in the morning; the last two hours are Saturday all the same.
        var values = Enumerable.Range(0, 12 * 48 + 4).Select(static i => Office(i) * (i / 48 % 7 < 5 ? 1 : 0.15)).ToArray();

        ShiftAlarm.Find(values, 48, Sensitivity.Normal, new(Monday, Step)).ShouldBeEmpty();
    }

    [Fact]
    public void Find_WeekendNightAtAHundredthOfTheUsual_IsJudgedToo()
    {
        var values = Enumerable.Range(0, 14 * 48).Select(static i => Office(i) * (i / 48 % 7 < 5 ? 1 : 0.01) * (i is >= 606 and < 616 ? 1.6 : 1)).ToArray();

        var found = ShiftAlarm.Find(values, 48, Sensitivity.Normal, new(Monday, Step)).ShouldHaveSingleItem();

        found.Start.ShouldBeInRange(604, 608);
        found.Direction.ShouldBe(1);
    }

    [Fact]
    public void Find_MissingPeakOnAWeekday_IsCalledOne()
    {
        var values = Enumerable.Range(0, 14 * 48).Select(i => i / 48 == 9 ? Math.Min(Office(i), 22) : Office(i)).ToArray();

        var found = ShiftAlarm.Find(values, 48, Sensitivity.Normal, new(Monday, Step)).ShouldHaveSingleItem();

        found.Kind.ShouldBe(IncidentKind.MissingPeak);
        found.Direction.ShouldBe(-1);
        (found.Start / 48).ShouldBe(9);
    }

    /// <summary>A hill between 7 and 19 on working days, a flat 20 at night and on weekends; Monday first.</summary>
    private static double Office(int point)
    {
        var hour = point % 48 / 2.0;
        var hill = point / 48 % 7 < 5 && hour is > 7 and < 19 ? 80 * Math.Pow(Math.Sin(Math.PI * (hour - 7) / 12), 2) : 0;
        // The dip at three in the morning is where days are cut.
        return (20 + hill - 2 * Math.Exp(-Math.Pow(hour - 3, 2))) * (1 + 0.03 * Math.Sin(point * 0.71) + 0.02 * Math.Sin(point * 0.113));
    }
}
