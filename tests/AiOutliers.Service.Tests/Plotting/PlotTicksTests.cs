using AiOutliers.Service.Plotting;

namespace AiOutliers.Service.Tests.Plotting;

public sealed class PlotTicksTests
{
    private static readonly DateTimeOffset Monday = new(2024, 9, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void OfTimes_TwoDays_WritesMidnightAsTheDate()
    {
        var (times, format) = PlotTicks.OfTimes(Monday.ToUnixTimeMilliseconds(), Monday.AddDays(2).ToUnixTimeMilliseconds(), 4);
        times.Select(time => PlotTicks.Format(time, format)).ShouldBe(["Sep 2", "12:00", "Sep 3", "12:00", "Sep 4"]);
    }

    [Fact]
    public void OfTimes_FourWeeks_MarksMondays()
    {
        var (times, format) = PlotTicks.OfTimes(Monday.AddHours(1).ToUnixTimeMilliseconds(), Monday.AddDays(28).ToUnixTimeMilliseconds(), 5);
        times.Select(time => PlotTicks.Format(time, format)).ShouldBe(["Sep 9", "Sep 16", "Sep 23", "Sep 30"]);
    }
}
