using System.Globalization;
using AiOutliers.Druid.Building;
using AiOutliers.Engine.Explanation;

namespace AiOutliers.Engine.Tests.Explanation;

public sealed class ReferenceWindowsTests
{
    [Theory]
    [InlineData("2024-09-24T14:10Z", null, 6)]
    [InlineData("2024-09-24T14:10Z", "2024-09-03T14:10Z", 3)]
    [InlineData("2024-09-24T14:10Z", "2024-09-03T14:11Z", 2)]
    [InlineData("2024-09-24T14:10Z", "2024-09-24T00:00Z", 0)]
    public void Of_DataThatBegins_GoesBackNoFurther(string from, string? begin, int weeks) =>
        ReferenceWindows.Of(Window(from, 35), begin is null ? null : Time(begin), TimeZoneInfo.Utc).Count.ShouldBe(weeks);

    [Fact]
    public void Of_ClockThatChangedBetween_KeepsTheLocalHour()
    {
        var madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

        // Summer time ended on 2024-10-27: 09:00 local is 08:00 UTC now, 07:00 before.
        ReferenceWindows.Of(Window("2024-10-29T08:00Z", 60), null, madrid)[0].From.ShouldBe(Time("2024-10-22T07:00Z"));
    }

    [Fact]
    public void Of_WindowLongerThanAWeek_IsNotComparedWithItself()
    {
        var window = Window("2024-09-20T00:00Z", 10 * 1440);

        ReferenceWindows.Of(window, null, TimeZoneInfo.Utc).ShouldAllBe(earlier => earlier.To <= window.From);
    }

    [Theory]
    [InlineData(new[] { 100.0, 110, 90, 500 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 100.0, 110, 20, 95 }, new[] { 0, 1, 3 })]
    [InlineData(new[] { 100.0, 500 }, new[] { 0, 1 })]
    public void Ordinary_WindowThatDiffersFromTheOthers_IsLeftOut(double[] sums, int[] ordinary) =>
        ReferenceWindows.Ordinary([.. sums.Select(static sum => (sum, 1.0))]).ShouldBe(ordinary);

    [Fact]
    public void Ordinary_WindowWithoutRows_IsLeftOut() =>
        ReferenceWindows.Ordinary([(100, 5), (0, 0), (90, 5)]).ShouldBe([0, 2]);

    private static TimeWindow Window(string from, int minutes) => new(Time(from), Time(from) + minutes * 60_000L);

    private static long Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
