using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Attribution;

/// <summary>What the bulk of the dimensions' values did: medians, which a cause that is confined to some value does not move.</summary>
internal static class Bulk
{
    private const double Most = 0.95;

    /// <summary>The smallest of the dimensions' weighted median shifts.</summary>
    public static double Shift(CellSearch search)
    {
        var shifts = Medians(search, search.Move);
        return shifts.Length > 0 ? Math.Min(shifts.Min(), Most) : 0;
    }

    /// <summary>What the bulk of all values has of what was expected: the median of the dimensions' weighted median ratios.</summary>
    public static double Ratio(CellSearch search)
    {
        var ratios = Array.FindAll(Medians(search, static (actual, expected) => actual / expected), static ratio => ratio > 0);
        return ratios.Length > 0 ? OrderStatistics.Median(ratios) : 1;
    }

    /// <summary>Of each dimension: the median over its largest values, weighted by what was expected.</summary>
    private static double[] Medians(CellSearch search, Func<double, double, double> of) =>
    [
        .. search.Cuboids.Where(static own => own.Layer == 1)
            .Select(cuboid => (Cuboid: cuboid, Values: ElementNoise.LargestOf(search.Cells, cuboid)))
            .Where(static own => own.Values.Length >= ElementNoise.Fewest)
            .Select(own => Weighted.Median(
                Array.ConvertAll(own.Values, value => of(own.Cuboid.Actual[value], own.Cuboid.Expected[value])),
                Array.ConvertAll(own.Values, value => own.Cuboid.Expected[value]))),
    ];
}
