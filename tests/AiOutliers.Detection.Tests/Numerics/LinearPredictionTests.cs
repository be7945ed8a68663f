using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class LinearPredictionTests
{
    [Fact]
    public void Fit_AutoregressiveSeries_RecoversItsCoefficients()
    {
        // y_t = 1.2·y_(t−1) − 0.5·y_(t−2) + noise.
        var random = new Random(3);
        var y = new double[200_000];
        for (var i = 2; i < y.Length; i++)
            y[i] = 1.2 * y[i - 1] - 0.5 * y[i - 2] + random.NextDouble() - 0.5;
        var filter = new double[5];

        LinearPrediction.Fit(y, filter);

        foreach (var (ours, real) in filter.Zip([1, -1.2, 0.5, 0, 0]))
            ours.ShouldBe(real, 0.02);
    }

    [Fact]
    public void Fit_SeriesWithoutVariance_PredictsTheMean()
    {
        var filter = new double[4];

        LinearPrediction.Fit(new double[30], filter);

        filter.ShouldBe([1, 0, 0, 0]);
    }

    [Fact]
    public void Errors_AnyFilter_AreTheSmallerOfBothDirections() =>
        (from series in Samples.Series(10, 120)
         from filter in Gen.Double[-1, 1].Array[1, 25]
         select (series, filter)).Sample(test =>
        {
            var errors = new double[test.series.Length];
            LinearPrediction.Errors(test.series, test.filter, errors);
            return Samples.Near(errors.Select(Math.Abs).ToArray(), Reference.EachPoint(test.series, i => Math.Min(Error(-1, i), Error(1, i))));

            double Error(int direction, int i) => Math.Abs(test.filter.Index().Sum(
                tap => tap.Item * test.series[Math.Clamp(i + direction * tap.Index, 0, test.series.Length - 1)]));
        });

    [Fact]
    public void LinearTrend_OfALineAndNoise_LeavesTheNoisesOwnRest() => Samples.Series(2, 100).Sample(noise =>
    {
        var tilted = noise.Select((value, i) => value + 3 + 0.7 * i).ToArray();
        LinearTrend.Remove(noise);
        LinearTrend.Remove(tilted);
        return Samples.Near(tilted, noise) && Math.Abs(noise.Sum()) < 1e-6 && Math.Abs(noise.Select((value, i) => value * i).Sum()) < 1e-5;
    });
}
