using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class OrderStatisticsTests
{
    [Fact]
    public void Select_AnyRank_IsThatOfTheSortedValuesAndParts() =>
        (from series in Samples.Series(1, 700)
         from rank in Gen.Int[0, series.Length - 1]
         select (series, rank)).Sample(test =>
        {
            var values = test.series.ToArray();
            var selected = OrderStatistics.Select(values, test.rank);
            return selected == test.series.Order().ElementAt(test.rank)
                && values[..test.rank].All(value => value <= selected)
                && values[test.rank..].All(value => value >= selected)
                && values.Order().SequenceEqual(test.series.Order());
        });

    [Theory]
    [InlineData(100_000)]
    public void Select_OrderedSawtoothOrEqualValues_IsRight(int n)
    {
        Func<int, double>[] shapes = [i => i, i => -i, i => 7, i => i % 317, i => i < n / 2 ? 0 : i, i => Math.Abs(i - n / 2), i => i % 1000 == 0 ? i : 0];
        foreach (var shape in shapes)
        {
            var series = Enumerable.Range(0, n).Select(shape).ToArray();
            foreach (var rank in new[] { 0, n / 50, n / 2, n - 1 })
                OrderStatistics.Select(series.ToArray(), rank).ShouldBe(series.Order().ElementAt(rank));
        }
    }

    [Fact]
    public void Quantile_AnyShare_InterpolatesBetweenNeighbours() =>
        (from series in Samples.Series(1, 400)
         from share in Gen.Double[0, 1]
         select (series, share)).Sample(test =>
            Samples.Near(OrderStatistics.Quantile(test.series.ToArray(), test.share), Reference.Quantile(test.series, test.share))
            && OrderStatistics.Quantile(test.series, test.share, new double[test.series.Length])
                == OrderStatistics.Quantile(test.series.ToArray(), test.share));

    [Fact]
    public void Median_AnySeries_IsTheHalfQuantile() =>
        Samples.Series(1, 400).Sample(series =>
            Samples.Near(OrderStatistics.Median(series.ToArray()), Reference.Median(series))
            && OrderStatistics.Median(series, new double[series.Length]) == OrderStatistics.Median(series.ToArray()));
}
