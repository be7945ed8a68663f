using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Console.Tests.Explore;

public sealed class LastWeekTests
{
    private const int Week = 7 * 24 * 60;

    [Fact]
    public void Of_RowsOfTwoWeeks_AreThoseOfTheWeekBefore() =>
        LastWeek.Of(Reports.Of(2 * Week, static row => row, shownFrom: Week + 60), "bytes", TimeZoneInfo.Utc)
            .ShouldBe([.. Enumerable.Range(60, Week - 60).Select(static row => (double)row)]);

    [Fact]
    public void Of_RowsWithoutAWeekBefore_AreNone() =>
        LastWeek.Of(Reports.Of(Week, static row => row), "bytes", TimeZoneInfo.Utc).ShouldBeNull();

    /// <summary>Summer time began on 31 March 2024: the same hour of the week before is an hour nearer.</summary>
    [Fact]
    public void Of_ClockThatWasChangedSince_KeepsToTheClock()
    {
        var begin = new DateTimeOffset(2024, 3, 27, 0, 0, 0, TimeSpan.Zero);
        var report = Reports.Of(Week + 60, static row => row, shownFrom: Week, begin: begin);
        LastWeek.Of(report, "bytes", TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid"))!.First().ShouldBe(60);
    }
}
