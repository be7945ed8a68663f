using System.Globalization;
using System.Text;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Series;

public sealed class CanonicalTimestampTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00.000Z")]
    [InlineData("1969-12-31T23:59:59.999Z")]
    [InlineData("2024-02-29T12:34:56.789Z")]
    [InlineData("0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z")]
    public void TryParse_CanonicalText_IsItsTimeAndBack(string text)
    {
        CanonicalTimestamp.TryParse(Encoding.UTF8.GetBytes(text), out var time).ShouldBeTrue();
        time.ShouldBe(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
        CanonicalTimestamp.Of(time).ShouldBe(text);
    }

    [Theory]
    [InlineData("2024-03-01T00:00:00Z")]
    [InlineData("2024-03-01T00:00:00.000z")]
    [InlineData("2024-03-01t00:00:00.000Z")]
    [InlineData("2024-03-01 00:00:00.000Z")]
    [InlineData("2024-03-01T00:00:00.0000")]
    [InlineData("2024-03-01T00:00:00.000 ")]
    [InlineData("2024-03-01T24:00:00.000Z")]
    [InlineData("2024-03-01T23:59:60.000Z")]
    [InlineData("2023-02-29T00:00:00.000Z")]
    [InlineData("2024-03-01T00:00:00.00:Z")]
    [InlineData("")]
    public void TryParse_AnyOtherText_IsFalse(string text) =>
        CanonicalTimestamp.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Theory]
    [InlineData(long.MinValue, "0001-01-01T00:00:00.000Z")]
    [InlineData(long.MaxValue, "9999-12-31T23:59:59.999Z")]
    public void Of_TimeThatNoClockTells_IsTheFirstOrLastInstant(long time, string expected) =>
        CanonicalTimestamp.Of(time).ShouldBe(expected);
}
