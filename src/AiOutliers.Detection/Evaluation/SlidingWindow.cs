using System.Numerics.Tensors;

namespace AiOutliers.Detection.Evaluation;

/// <summary>
/// The largest buffer W that the published tables use for a series: the lag of the highest local maximum of its autocorrelation, the shape
/// that repeats (Liu and Paparrizos, TSB-AD, NeurIPS 2024). a(k) = Σ (x_i − m)(x_{i+k} − m) / Σ (x_i − m)², over the first 20,000
/// rows, k = 3..400, m the mean.
/// </summary>
public static class SlidingWindow
{
    /// <summary>W where no lag will do.</summary>
    private const int Unknown = 125;

    private const int Rows = 20_000;
    private const int FirstLag = 3;
    private const int LastLag = 400;

    /// <summary>Outside of 6 to 303 W is unknown: the published limits, 3 and 300, count from <see cref="FirstLag"/>.</summary>
    private const int LeastWindow = 6, GreatestWindow = 303;

    /// <param name="values">One per row; missing values (NaN) count as the mean.</param>
    public static int Of(ReadOnlySpan<double> values)
    {
        var centered = Center(values[..Math.Min(Rows, values.Length)]);
        var last = Math.Min(LastLag, centered.Length - 1);
        if (last < FirstLag + 2)
            return Unknown;
        var products = new double[last + 1];
        for (var lag = FirstLag; lag <= last; lag++)
            products[lag] = TensorPrimitives.Dot<double>(centered.AsSpan(lag), centered.AsSpan(0, centered.Length - lag));
        var best = 0;
        for (var lag = FirstLag + 1; lag < last; lag++)
        {
            if (products[lag] > products[lag - 1] && products[lag] > products[lag + 1] && (best == 0 || products[lag] > products[best]))
                best = lag;
        }
        return best is >= LeastWindow and <= GreatestWindow ? best : Unknown;
    }

    private static double[] Center(ReadOnlySpan<double> values)
    {
        var centered = values.ToArray();
        var (sum, known) = (0.0, 0);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
                (sum, known) = (sum + value, known + 1);
        }
        for (var i = 0; i < centered.Length; i++)
            centered[i] = double.IsFinite(centered[i]) ? centered[i] - sum / known : 0;
        return centered;
    }
}
