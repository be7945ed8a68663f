using System.Globalization;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Tests.Documents;

public sealed class MonitorScheduleTests
{
    [Theory]
    [InlineData("every 5m", "2026-03-29T00:57:13Z", "2026-03-29T00:55:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("every 1h", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z")]
    [InlineData("cron 0 * * * *", "2026-03-29T00:57:00Z", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("cron 30 6 * * * Europe/Madrid", "2026-03-28T12:00:00Z", "2026-03-28T05:30:00Z", "2026-03-29T04:30:00Z")]
    [InlineData("cron 30 6 * * * Europe/Madrid", "2026-10-25T12:00:00Z", "2026-10-25T05:30:00Z", "2026-10-26T05:30:00Z")]
    // 02:30 does not exist on one day of the year, and is there twice on another: a window ends then all the same, and once.
    [InlineData("cron 30 2 * * * Europe/Madrid", "2026-03-29T00:59:00Z", "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("cron 30 2 * * * Europe/Madrid", "2026-10-25T00:45:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("cron 0 0 1 1 *", "2026-06-01T00:00:00Z", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    public void Ends_BeforeAndAfterATime_KeepToTheClock(string text, string now, string before, string after)
    {
        MonitorSchedule.TryParse(text, out var schedule).ShouldBeTrue();

        schedule!.AtOrBefore(Time(now)).ShouldBe(Time(before));
        schedule.After(Time(now)).ShouldBe(Time(after));
    }

    [Theory]
    [InlineData("every")]
    [InlineData("every 0m")]
    [InlineData("every 10ms")]
    [InlineData("5m")]
    [InlineData("cron 0 0 30 2 *")]
    [InlineData("cron 61 * * * *")]
    [InlineData("cron 0 * * * * Mars/Olympus")]
    public void Text_ThatIsNotASchedule_IsRefused(string text) => MonitorSchedule.TryParse(text, out _).ShouldBeFalse();

    private static long Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
