using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Monitoring.Tests.Entities;

/// <summary>Two weeks at five minutes: 1,000 by day, 10 to 12 at night; the newest value comes at three in the morning.</summary>
public sealed class FaintSeriesTests
{
    private const int Day = 288, Night = 36;

    private static readonly EntityLayout Layout = new(300_000, 14 * Day, ["bytes"], ["host"]);

    private readonly double[] _values = [.. Enumerable.Range(0, 14 * Day + Night).Select(static at => at % Day < 72 ? 10.0 + at % 3 : 1000)];

    [Fact]
    public void Of_TwoValuesBelowATenthOfTheLeast_IsAnOutageFromTheFirst()
    {
        Newest(0.9, 0);

        Of().ShouldNotBeNull().ShouldSatisfyAllConditions(
            static one => (one.Kind, one.Alarms, one.Ongoing).ShouldBe((IncidentKind.Outage, AlarmClasses.Outage, true)),
            one => (one.Start, one.End).ShouldBe(((long)(_values.Length - 2) * 300_000, _values.Length * 300_000L)),
            static one => one.Reason.ShouldBe("hardly any data: 0 where 12 was usual"));
    }

    [Theory]
    [InlineData(0.9, 1.1)]
    [InlineData(1.1, 0.9)]
    [InlineData(0.9, double.NaN)]
    [InlineData(-1, -1)]
    public void Of_LessThanThat_IsNone(double before, double last)
    {
        Newest(before, last);

        Of().ShouldBeNull();
    }

    [Fact]
    public void Of_WhatWasAsLowWithinHalfAnHourOfThisWeekday_IsNone()
    {
        Newest(0.9, 0.9);
        _values[^(7 * Day + 6)] = 0;

        Of().ShouldBeNull();
    }

    /// <summary>It may have fallen slowly, which happens.</summary>
    [Fact]
    public void Of_WhatWasLowInTheHourBefore_IsNone()
    {
        Newest(0.9, 0.9);
        _values[^14] = 8;

        Of().ShouldBeNull();
    }

    [Fact]
    public void Of_LessThanAWeek_IsNone()
    {
        Newest(0.9, 0.9);

        FaintSeries.Of(_values.AsSpan(^(7 * Day)), Layout, (uint)_values.Length, new()).ShouldBeNull();
        FaintSeries.Of(_values.AsSpan(^(7 * Day + 2)), Layout, (uint)_values.Length, new()).ShouldNotBeNull();
    }

    [Fact]
    public void Of_WhatIsNotAskedFor_IsNone()
    {
        Newest(0.9, 0.9);

        Of(new() { Alarms = AlarmClasses.Sharp }).ShouldBeNull();
        Of(new() { Filter = new(Direction.Up) }).ShouldBeNull();
        Of(new() { Filter = new(MinDeviation: 12) }).ShouldBeNull();
        Of(new() { Filter = new(Direction.Down, MinDeviation: 9, MinRelativeDeviation: 0.8) }).ShouldNotBeNull();
    }

    private void Newest(double before, double last) => (_values[^2], _values[^1]) = (before, last);

    private Incident? Of(SeasonalScanOptions? options = null) => FaintSeries.Of(_values, Layout, (uint)_values.Length, options ?? new());
}
