using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Series;

public sealed class TimeSpansTests
{
    [Theory]
    [InlineData("P14D", 14 * 86_400)]
    [InlineData("pt1h", 3600)]
    [InlineData("28d", 28 * 86_400)]
    [InlineData("1.5h", 5400)]
    [InlineData("90m", 5400)]
    [InlineData("2W", 2 * 604_800)]
    public void TryParse_Span_IsItsSeconds(string text, double seconds)
    {
        TimeSpans.TryParse(text, out var span).ShouldBeTrue();
        span.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("0h")]
    [InlineData("hour")]
    [InlineData("P")]
    [InlineData("1e9d")]
    [InlineData("99999999999999999999d")]
    [InlineData("NaNd")]
    [InlineData("P999999Y")]
    [InlineData("1 d")]
    public void TryParse_NoSpan_IsRefused(string text) => TimeSpans.TryParse(text, out _).ShouldBeFalse();
}
