using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class PhaseProfileTests
{
    [Fact]
    public void Of_AnyPeriod_IsTheMedianAndMadOfNeighbouringPhases() =>
        (from series in Samples.Series(16, 600)
         from period in Gen.Int[8, Math.Max(8, series.Length / 2)]
         select (series, period)).Sample(test =>
        {
            var (medians, mads) = (new double[test.period], new double[test.period]);
            PhaseProfile.Of(test.series, test.period, medians, mads, Samples.Scratch(2 * test.series.Length + 300), test.series.Length);
            var groups = Enumerable.Range(0, test.period).Select(phase => Group(test.series, test.period, phase)).ToArray();
            return Samples.Near(medians, [.. groups.Select(Reference.Median)])
                && Samples.Near(mads, [.. groups.Select(Mad)]);
        }, iter: 50);

    [Fact]
    public void LaneSort_AnyRows_SortsEachColumn() => Gen.Int[0, 70].SelectMany(rows => Gen.Double[-9, 9].Array[4 * rows]).Sample(values =>
    {
        var sorted = values.ToArray();
        LaneSort.Sort(sorted);
        return Enumerable.Range(0, 4).All(column => Column(sorted, column).SequenceEqual(Column(values, column).Order()));
    });

    private static double Mad(double[] group)
    {
        var median = Reference.Median(group);
        return 1.4826 * Reference.Median(group.Select(value => Math.Abs(value - median)));
    }

    private static double[] Group(double[] series, int period, int phase)
    {
        var wanted = Math.Max(0, (15.0 * period / series.Length - 1) / 2);
        var neighbours = Math.Min((int)Math.Ceiling(wanted), period / 40);
        return [.. series.Where((_, i) => Enumerable.Range(-neighbours, 2 * neighbours + 1).Any(offset => (i - phase - offset + 2 * period) % period == 0))];
    }

    private static IEnumerable<double> Column(double[] values, int column) => values.Where((_, i) => i % 4 == column);
}
