namespace AiOutliers.Detection;

/// <summary>
/// Quantiles of a sample, linear between neighbours (Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996, type 7).
/// </summary>
public static class Quantile
{
    /// <param name="values">At least one, all finite; not changed.</param>
    /// <param name="share">0 the least, 1 the greatest.</param>
    public static double Of(ReadOnlySpan<double> values, double share)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
