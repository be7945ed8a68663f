using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class SumsTests
{
    [Fact]
    public void Sums_AnySeries_FollowTheirDefinition() => Samples.Series(1, 100).Sample(series =>
    {
        var mean = series.Average();
        var other = series.Reverse().ToArray();
        return Samples.Near(Sums.Of(series), series.Sum())
            && Samples.Near(Sums.Dot(series, other), series.Zip(other, (x, y) => x * y).Sum())
            && Samples.Near(Sums.StandardDeviation(series), Math.Sqrt(series.Average(value => (value - mean) * (value - mean))));
    });

    [Fact]
    public void Prefix_AnySeries_HoldsTheSumsSoFar() => Samples.Series(0, 50).Sample(series =>
    {
        var prefix = new double[series.Length + 1];
        Sums.Prefix(series, prefix);
        return Samples.Near(prefix, [.. Enumerable.Range(0, prefix.Length).Select(count => series[..count].Sum())]);
    });
}
