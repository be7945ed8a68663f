using System.Numerics.Tensors;

namespace AiOutliers.Detection.Numerics;

/// <summary>Location and spread that a few outliers cannot move. Nothing is changed; the scratch holds as many values.</summary>
internal static class Robust
{
    /// <summary>The median absolute deviation of a normal distribution is its standard deviation divided by this.</summary>
    public const double MadFactor = 1.4826;

    public static double Median(ReadOnlySpan<double> values, Scratch scratch) =>
        OrderStatistics.Median(values, scratch.Take(values.Length));

    public static double Quantile(ReadOnlySpan<double> values, double share, Scratch scratch) =>
        OrderStatistics.Quantile(values, share, scratch.Take(values.Length));

    public static (double Low, double High) Quantiles(ReadOnlySpan<double> values, double low, double high, Scratch scratch)
    {
        var room = scratch.Take(values.Length);
        return (OrderStatistics.Quantile(values, low, room), OrderStatistics.Quantile(values, high, room));
    }

    /// <summary>The median and 1.4826 · the median absolute deviation from it.</summary>
    public static (double Median, double Mad) MedianAndMad(ReadOnlySpan<double> values, Scratch scratch)
    {
        var room = scratch.Take(values.Length);
        var median = OrderStatistics.Median(values, room);
        TensorPrimitives.Subtract(values, median, room);
        TensorPrimitives.Abs(room, room);
        return (median, MadFactor * OrderStatistics.Median(room, room));
    }

    /// <summary>
    /// The median and a spread that is never 0: the MAD; where more than half of the values are alike, the distance of the 5 % and 95 %
    /// quantiles over 3.29, which is the same for a normal distribution; then the standard deviation; then 1.
    /// </summary>
    public static (double Median, double Spread) Scale(ReadOnlySpan<double> values, Scratch scratch)
    {
        var (median, spread) = MedianAndMad(values, scratch);
        var unit = Math.Max(1, Math.Abs(median));
        if (spread <= 1e-9 * unit)
        {
            var (low, high) = Quantiles(values, 0.05, 0.95, scratch);
            spread = (high - low) / 3.29;
        }
        if (spread <= 1e-12 * unit)
            spread = Sums.StandardDeviation(values);
        return (median, spread == 0 ? 1 : spread);
    }
}
