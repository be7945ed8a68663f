using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Series;

public sealed class LocalClockTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    [Fact]
    public void ToLocal_ClockGoesForward_SkipsAnHour()
    {
        var change = At("2024-03-31T01:00Z");
        var clock = LocalClock.Of(Madrid, change - 30 * Hour, change + 30 * Hour);

        clock.ToLocal([change - Minute, change, change + Hour]).ShouldBe([At("2024-03-31T01:59Z"), At("2024-03-31T03:00Z"), At("2024-03-31T04:00Z")]);
        clock.Skips(At("2024-03-31T01:59Z")).ShouldBeFalse();
        clock.Skips(At("2024-03-31T02:30Z")).ShouldBeTrue();
        clock.Skips(At("2024-03-31T03:00Z")).ShouldBeFalse();
        clock.ToInstant(At("2024-03-31T02:30Z")).ShouldBe(change);
        clock.ToInstant(At("2024-03-31T03:30Z")).ShouldBe(change + 30 * Minute);
    }

    [Fact]
    public void ToLocal_ClockGoesBack_DrawsTheHourThatComesTwiceTogether()
    {
        var change = At("2024-10-27T01:00Z");
        var clock = LocalClock.Of(Madrid, change - 30 * Hour, change + 30 * Hour);

        clock.ToLocal([change - Hour, change, change + Hour, change + 2 * Hour])
            .ShouldBe([At("2024-10-27T02:00Z"), At("2024-10-27T02:30Z"), At("2024-10-27T03:00Z"), At("2024-10-27T04:00Z")]);
        clock.ToInstant(At("2024-10-27T02:30Z")).ShouldBe(change);
        clock.ToInstant(At("2024-10-27T05:00Z")).ShouldBe(change + 3 * Hour);
    }

    private static long At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
