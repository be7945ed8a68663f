using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>Where values lie in a panel.</summary>
internal sealed record ValueScale(double Least, double Most, SKRect Area)
{
    /// <summary>From 0, or below where values are negative, to a little above the highest value; the band may leave the picture.</summary>
    /// <param name="values">What has room; those that are not finite do not count.</param>
    /// <param name="area">The panel.</param>
    public static ValueScale Of(IEnumerable<double> values, SKRect area)
    {
        var known = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (minimum, maximum) = (Math.Min(0, known.Min()), Math.Max(0, known.Max()));
        return maximum > minimum ? new(minimum * 1.05, maximum + 0.05 * (maximum - minimum), area) : new(0, 1, area);
    }

    public float Y(double value) => Area.Bottom - (float)(Math.Clamp((value - Least) / (Most - Least), -10, 10) * Area.Height);
}
