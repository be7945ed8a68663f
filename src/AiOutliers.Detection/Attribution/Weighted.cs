namespace AiOutliers.Detection.Attribution;

/// <summary>Medians.</summary>
internal static class Weighted
{
    /// <summary>The first value, in ascending order, whose cumulative weight reaches half of all.</summary>
    public static double Median(double[] values, double[] weights)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(at => values[at]).ToArray();
        var cumulative = new double[order.Length];
        var sum = 0.0;
        for (var at = 0; at < order.Length; at++)
            cumulative[at] = sum += weights[order[at]];
        var half = 0.5 * sum;
        return values[order[Array.FindIndex(cumulative, weight => weight >= half)]];
    }
}
