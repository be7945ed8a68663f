using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class RunningMedianTests
{
    [Fact]
    public void Of_AnyOddWidth_IsThatOfTheCutWindow() =>
        (from series in Samples.Series(1, 200)
         from half in Gen.Int[0, 70]
         select (series, half)).Sample(test =>
        {
            var result = new double[test.series.Length];
            RunningMedian.Of(test.series, 2 * test.half + 1, result, Samples.Scratch(500));
            return Samples.Near(result, Medians(test.series, test.half));
        });

    [Fact]
    public void OfLast_AnyWidth_IsThatOfTheCutWindowBeforeEachEnd() =>
        (from series in Samples.Series(1, 200)
         from width in Gen.Int[1, 140]
         select (series, width)).Sample(test =>
        {
            var (n, result) = (test.series.Length, new double[test.series.Length + test.width - 1]);
            RunningMedian.OfLast(test.series, test.width, 1, result, Samples.Scratch(RunningMedian.ScratchLength(test.width)));
            return Samples.Near(result, [.. Enumerable.Range(1, result.Length)
                .Select(end => Reference.Median(test.series[Math.Max(0, end - test.width)..Math.Min(n, end)]))]);
        });

    [Fact]
    public void Of7_AnySeries_IsThatOfTheCutWindow() => Samples.Series(1, 60).Sample(series =>
    {
        var result = new double[series.Length];
        RunningMedian.Of7(series, result);
        return Samples.Near(result, Medians(series, 3));
    });

    [Fact]
    public void GridMedian_OnItsGrid_IsTheMedianAndLinearBetween() =>
        (from series in Samples.Series(8, 300)
         from width in Gen.Int[1, 400]
         from clamp in Gen.Bool
         select (series, width, clamp)).Sample(test =>
        {
            var (n, result) = (test.series.Length, new double[test.series.Length]);
            GridMedian.Of(test.series, test.width, test.clamp, result, Samples.Scratch(n));
            var width = Math.Min(test.width | 1, n % 2 == 1 ? n : n - 1);
            var (half, hop) = (width / 2, Math.Max(1, width / 8));
            return Samples.Near(result, Reference.EachPoint(test.series, i =>
            {
                var (before, after) = (i / hop * hop, Math.Min((i / hop + 1) * hop, n - 1));
                return i == before ? At(before) : At(before) + (At(after) - At(before)) * (i - before) / (after - before);
            }));

            double At(int i) => Reference.Median(Reference.Window(test.series, test.clamp ? Math.Clamp(i, half, n - 1 - half) : i, half, half));
        }, iter: 30);

    private static double[] Medians(double[] series, int half) =>
        Reference.EachPoint(series, i => Reference.Median(Reference.Window(series, i, half, half)));
}
