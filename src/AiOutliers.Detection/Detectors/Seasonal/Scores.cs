using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>The three scores from the channels.</summary>
internal static class Scores
{
    // The labels' margin: α below ½ spreads the score a little.
    public const double PointAlpha = 0.4;
    public const double WideAlpha = 0.5;

    // Below this a point score is noise, whatever its rank.
    private const double LeastPedestal = 4;

    // WIDE/(WIDE + 10): a huge weekend stays below a real spike.
    private const double WideHalf = 10;

    /// <summary>The longest window of the point score: events are short.</summary>
    public static int LongestSharp(int n) => Math.Min(24, Math.Max(Math.Clamp(n / 8, 1, 8), n / 150));

    /// <summary>The longest window of the wide and the sustained score.</summary>
    public static int LongestWide(int n) => Math.Max(1, n / 30);

    /// <summary>The scan's statistic of one window.</summary>
    public static double OfWindow(double meanEnergy, int length, double alpha) =>
        Math.Sqrt(Math.Max(0, (meanEnergy - 1) * Math.Pow(length, alpha)));

    public static double Range(double point, double wide, double pedestal) => Math.Max(point - pedestal, 0) + wide / (wide + WideHalf);

    /// <param name="channels">The channels.</param>
    /// <param name="sharp">Becomes (z² + l² + a²)/3.</param>
    /// <param name="seasonal">Becomes z².</param>
    /// <param name="range">Becomes the score that ranks sharp events first.</param>
    /// <param name="point">Becomes the score of short windows.</param>
    /// <param name="wide">Becomes the score of long windows.</param>
    /// <param name="scratch">Working memory.</param>
    /// <returns>The pedestal.</returns>
    public static double Compute(
        Channels channels, double[] sharp, Span<double> seasonal,
        Span<double> range, double[] point, Span<double> wide, Scratch scratch)
    {
        var n = sharp.Length;
        var energy = scratch.Take(n);
        TensorPrimitives.Multiply(channels.Seasonal, channels.Seasonal, seasonal);
        TensorPrimitives.MultiplyAdd(channels.Local, channels.Local, seasonal, sharp);
        TensorPrimitives.MultiplyAdd(channels.Autoregressive, channels.Autoregressive, sharp, sharp);
        TensorPrimitives.Divide(sharp, 3, sharp);
        var besides = Beside.Begin(n, () => ScorePoints(sharp, point));
        TensorPrimitives.MultiplyAdd(channels.Global, channels.Global, seasonal, energy);
        TensorPrimitives.Divide(energy, 2, energy);
        ScanStatistic.Of(energy, LongestWide(n), WideAlpha, dilate: true, 1, wide, scratch);
        var pedestal = besides.Value;
        for (var i = 0; i < n; i++)
            range[i] = Range(point[i], wide[i], pedestal);
        return pedestal;
    }

    private static double ScorePoints(double[] sharp, double[] point)
    {
        // The scan takes its sums and two windows' statistics, a quantile what is left of the score.
        using var memory = new PooledBuffer(3 * sharp.Length + 1);
        var scratch = new Scratch(memory.Span);
        ScanStatistic.Of(sharp, LongestSharp(sharp.Length), PointAlpha, dilate: false, 1, point, scratch);
        EventShape.Apply(point, sharp, LeastPedestal);
        return Math.Max(LeastPedestal, Robust.Quantile(point, 0.95, scratch));
    }
}
