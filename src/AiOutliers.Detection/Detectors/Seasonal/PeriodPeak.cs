using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>The peak of an autocorrelation that is taken for the season (<see cref="PeriodFinder"/>).</summary>
internal static class PeriodPeak
{
    private const double LeastPeak = 0.3;
    private const double NearlyHighest = 0.85;

    /// <summary>
    /// Days, weeks, quarters of days and half weeks at the usual steps from 1 minute to 1 hour; a period this near to one is that one.
    /// </summary>
    private static readonly int[] Usual = [24, 48, 96, 144, 288, 360, 720, 1440, 168, 336, 672, 1008, 2016, 5040, 10080];

    /// <summary>
    /// The first peak of the smoothed correlation, behind its first fall to nothing, that is nearly as high as the highest; 0 if none.
    /// </summary>
    public static int First(ReadOnlySpan<double> correlation, Scratch scratch)
    {
        var longest = correlation.Length - 1;
        var fall = 0;
        while (fall <= longest && correlation[fall] >= 0.05)
            fall++;
        var start = Math.Max(4, fall);
        if (fall > longest || start >= longest - 2)
            return 0;
        var smooth = scratch.Take(correlation.Length);
        MovingWindow.Mean(correlation, Math.Max(3, (start / 8) | 1), smooth, scratch);
        var highest = double.NegativeInfinity;
        for (var k = start; k < longest - 1; k++)
        {
            if (IsPeak(smooth, k))
                highest = Math.Max(highest, smooth[k]);
        }
        if (highest < LeastPeak)
            return 0;
        for (var k = start; ; k++)
        {
            if (IsPeak(smooth, k) && smooth[k] >= NearlyHighest * highest)
                return k;
        }
    }

    /// <summary>A usual period within 6 %, if it correlates nearly as well; else the highest correlation within three points.</summary>
    public static int Refined(ReadOnlySpan<double> correlation, int peak)
    {
        var usual = Usual[0];
        foreach (var candidate in Usual)
        {
            if (Math.Abs(Math.Log((double)candidate / peak)) < Math.Abs(Math.Log((double)usual / peak)))
                usual = candidate;
        }
        if (Math.Abs((double)usual / peak - 1) <= 0.06 && usual < correlation.Length && correlation[usual] >= 0.8 * correlation[peak])
            return usual;
        var from = Math.Max(1, peak - 3);
        var best = TensorPrimitives.IndexOfMax(correlation[from..Math.Min(peak + 4, correlation.Length)]);
        return from + best;
    }

    private static bool IsPeak(ReadOnlySpan<double> smooth, int k) => smooth[k] >= smooth[k - 1] && smooth[k] > smooth[k + 1];
}
