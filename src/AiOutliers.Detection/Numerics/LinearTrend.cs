namespace AiOutliers.Detection.Numerics;

/// <summary>The least-squares straight line through a series.</summary>
internal static class LinearTrend
{
    /// <summary>x minus its line, in place.</summary>
    public static void Remove(Span<double> x)
    {
        var n = x.Length;
        var centre = (n - 1) / 2.0;
        var mean = Sums.Mean(x);
        var product = 0.0;
        for (var i = 0; i < n; i++)
            product += (i - centre) * (x[i] - mean);
        // Σ(i − centre)² = n·(n² − 1)/12.
        var slope = n < 2 ? 0 : product / (n * ((double)n * n - 1) / 12);
        for (var i = 0; i < n; i++)
            x[i] -= mean + slope * (i - centre);
    }

    /// <summary>The same through the known values; NaN stays NaN.</summary>
    public static void RemoveFromKnown(Span<double> x)
    {
        var (count, places, sum) = (0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsNaN(x[i]))
                (count, places, sum) = (count + 1, places + i, sum + x[i]);
        }
        var (centre, mean) = (places / count, sum / count);
        var (product, squares) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsNaN(x[i]))
                (product, squares) = (product + (i - centre) * (x[i] - mean), squares + (i - centre) * (i - centre));
        }
        var slope = squares > 0 ? product / squares : 0;
        for (var i = 0; i < x.Length; i++)
            x[i] -= mean + slope * (i - centre);
    }
}
