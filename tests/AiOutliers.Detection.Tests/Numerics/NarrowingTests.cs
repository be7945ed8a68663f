using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class NarrowingTests
{
    private static readonly Func<int, double>[] Shapes =
    [
        i => i, i => -i, i => 7, i => i % 317, i => i % 2, i => i < 3000 ? 0 : i, i => Math.Abs(i - 3000), i => i % 1000 == 0 ? i : 0,
        i => i % 10 == 0 ? double.PositiveInfinity : i % 10 == 1 ? double.NegativeInfinity : i,
    ];

    [Fact]
    public void Neighbours_AnyRank_AreThoseOfTheSortedValues() =>
        (from series in Samples.Series(1, 3000)
         from rank in Gen.Int[0, series.Length - 1]
         select (series, rank)).Sample(test =>
        {
            double[] before = [.. test.series], sorted = [.. test.series.Order()];
            var (at, next) = OrderStatistics.Neighbours(test.series, test.rank, new double[test.series.Length]);
            return at == sorted[test.rank]
                && next == sorted[Math.Min(test.rank + 1, sorted.Length - 1)]
                && test.series.SequenceEqual(before)
                && OrderStatistics.Neighbours(test.series, test.rank, test.series) == (at, next);
        });

    [Theory]
    [InlineData(6000)]
    [InlineData(6001)]
    public void Neighbours_OrderedAlikeOrInfiniteValues_AreRight(int n)
    {
        foreach (var shape in Shapes)
        {
            double[] series = [.. Enumerable.Range(0, n).Select(shape)], sorted = [.. series.Order()];
            foreach (var rank in (int[])[0, 1, n / 50, n / 2, n - 2, n - 1])
            {
                OrderStatistics.Neighbours(series, rank, new double[n])
                    .ShouldBe((sorted[rank], sorted[Math.Min(rank + 1, n - 1)]));
            }
        }
    }

    [Fact]
    public void Around_DistinctValues_KeepsFewInTheirOrder()
    {
        double[] series = [.. Enumerable.Range(0, 6000).Select(i => i * 2543.0 % 6007)];
        var rank = 3000;
        var wanted = series.Order().ElementAt(rank);

        var kept = Narrowing.Around(series, ref rank, new double[series.Length]).ToArray();

        kept.Length.ShouldBeLessThan(256);
        kept.ShouldBe(series.Where(value => value >= kept.Min() && value <= kept.Max()));
        kept.Order().ElementAt(rank).ShouldBe(wanted);
    }
}
