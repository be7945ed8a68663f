namespace AiOutliers.Detection.Tests.Numerics;

/// <summary>The same quantities by their definitions, slowly.</summary>
internal static class Reference
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>The values around a point, cut at the ends: from i − left to i + right.</summary>
    public static IEnumerable<double> Window(double[] x, int i, int left, int right) =>
        x.Skip(Math.Max(0, i - left)).Take(Math.Min(x.Length, i + right + 1) - Math.Max(0, i - left));

    public static double[] EachPoint(double[] x, Func<int, double> value) => [.. Enumerable.Range(0, x.Length).Select(value)];
}
