using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class AutocorrelationTests
{
    // The prefix sums lose a few digits against the parts' own sums.
    private const double Absolute = 1e-9;

    [Fact]
    public void UpTo_AnySeries_IsPearsonsCorrelationOfTheShiftedParts() =>
        (from series in Gen.Double[-3, 3].Array[24, 700]
         from share in Gen.Int[3, 5]
         select (series, lags: series.Length / share)).Sample(test =>
        {
            var result = new double[test.lags + 1];
            Autocorrelation.UpTo(test.series, result, Samples.Scratch(9 * test.series.Length + 50));
            return Enumerable.Range(0, result.Length).All(lag => Math.Abs(result[lag] - Pearson(test.series[..^lag], test.series[lag..])) <= Absolute
                && Math.Abs(result[lag] - Autocorrelation.At(test.series, lag)) <= Absolute);
        }, iter: 30);

    [Fact]
    public void At_FlatSeries_IsZero() => Autocorrelation.At(new double[50], 10).ShouldBe(0);

    private static double Pearson(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
