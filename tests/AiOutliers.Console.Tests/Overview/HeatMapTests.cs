using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Console.Overview;

namespace AiOutliers.Console.Tests.Overview;

public sealed class HeatMapTests
{
    private const long Hour = 3_600_000;

    private static readonly long Midnight = new DateTimeOffset(2024, 9, 23, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void Ticks_OfAWeek_AreItsMidnights()
    {
        var ticks = Map(7 * 24).Ticks(TimeZoneInfo.Utc).ToList();
        ticks.Select(static tick => tick.Time).ShouldBe(Enumerable.Range(0, 7).Select(static day => Midnight + day * 24 * Hour));
        ticks[3].At.ShouldBe(3.0 / 7, 1e-9);
    }

    [Fact]
    public void Ticks_OfAZone_AreRoundOnItsClock()
    {
        var kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
        Map(24).Ticks(kolkata).Select(tick => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(tick.Time), kolkata).Minute)
            .ShouldAllBe(static minute => minute == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(24)]
    [InlineData(28 * 24)]
    [InlineData(400 * 24)]
    public void Ticks_OfAnyRange_AreAFewAndHaveRoom(int hours)
    {
        var ticks = Map(hours).Ticks(TimeZoneInfo.Utc).ToList();
        ticks.Count.ShouldBeInRange(3, 8);
        ticks.ShouldAllBe(static tick => tick.At >= 0 && tick.At <= 0.95);
    }

    private static HeatMap Map(int hours) => new(new TimeRange(Midnight, Midnight + hours * Hour), Hour, [], 0);
}
