using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

public sealed class SeasonalScanReasonsTests
{
    // "0 % below" would say that it was usual.
    [Theory]
    [InlineData(60, "stays 40 % below the usual since 00:10")]
    [InlineData(98.9, "stays 1 % below the usual since 00:10")]
    [InlineData(99.56, "stays 0.4 % below the usual since 00:10")]
    public void Of_WhatLasts_SaysHowFarItIsFromTheUsual(double value, string expected)
    {
        double[] values = [100, 100, value, value];
        var table = LiteralComparison.Table(values, DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(5));
        var reasons = new SeasonalScanReasons(
            table, TimeZoneInfo.Utc, table.Metrics[0], TimeGrid.Of(table, TimeZoneInfo.Utc), new double[4], [100, 100, 100, 100], hasPeriod: true,
            [new([new(2, 4, -1, AlarmClasses.Sustained)])]);

        reasons.Of(3).ShouldBe(expected);
    }
}
