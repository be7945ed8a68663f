using System.Diagnostics.Metrics;
using AiOutliers.Service.Hosting;

namespace AiOutliers.Service.Tests.Hosting;

public sealed class MetricSeriesTests
{
    [Theory]
    [InlineData("dotnet.gc.collections", 100)]
    [InlineData("aioutliers.answers", 100)]
    [InlineData("aioutliers.monitor.lag", null)]
    [InlineData("http.server.request.duration", null)]
    public void LimitOf_AMetric_IsSmallUnlessItHasManySeries(string name, int? limit)
    {
        using var meter = new Meter("test");

        (MetricSeries.LimitOf(meter.CreateCounter<long>(name))?.CardinalityLimit).ShouldBe(limit);
    }
}
