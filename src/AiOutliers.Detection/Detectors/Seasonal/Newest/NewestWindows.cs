using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>The scan's windows at the newest point: they are cut there (<see cref="ScanStatistic"/>).</summary>
internal static class NewestWindows
{
    /// <summary>All points of a hill have its height, as far as half of it; what is below this is not a hill.</summary>
    private const double Foot = 4, HalfOfHill = 2.2;

    /// <summary>The score of the newest point: that of the hill it lies on.</summary>
    /// <param name="energy">Of twice as many points as the longest window has.</param>
    public static double Short(ReadOnlySpan<double> energy)
    {
        var longest = energy.Length / 2;
        Span<double> sums = stackalloc double[energy.Length + 1];
        Sums.Prefix(energy, sums);
        var newest = AtPoint(sums, energy.Length - 1, longest);
        var largest = newest;
        for (var at = energy.Length - 2; at >= longest / 2; at--)
        {
            var score = AtPoint(sums, at, longest);
            if (score < Foot)
                break;
            largest = Math.Max(largest, score);
        }
        return HalfOfHill * newest >= largest ? largest : newest;
    }

    /// <summary>The statistic of <c>sustained</c>.</summary>
    /// <param name="z">Of the last points.</param>
    /// <param name="n">How many points the series has.</param>
    public static double Long(ReadOnlySpan<double> z, int n)
    {
        var largest = 0.0;
        var ratio = Math.Max(Scores.LongestWide(n) / (double)Verdict.ShortestSustained, 1);
        var steps = (int)Math.Ceiling(Math.Log2(ratio));
        for (var step = 0; step <= steps; step++)
        {
            var width = (int)Math.Round(Verdict.ShortestSustained * Math.Pow(ratio, steps == 0 ? 0 : (double)step / steps));
            var own = z[^Math.Min(z.Length, width / 2 + 1)..];
            largest = Math.Max(largest, Scores.OfWindow(Sums.Dot(own, own) / own.Length, own.Length, Scores.WideAlpha));
        }
        return largest;
    }

    /// <summary>The largest statistic of the stretches that end at the newest point.</summary>
    public static double Largest(ReadOnlySpan<double> z, double alpha)
    {
        var (sum, largest) = (0.0, 0.0);
        for (var count = 1; count <= z.Length; count++)
        {
            sum += z[^count] * z[^count];
            largest = Math.Max(largest, Scores.OfWindow(sum / count, count, alpha));
        }
        return largest;
    }

    private static double AtPoint(ReadOnlySpan<double> sums, int at, int longest)
    {
        var largest = 0.0;
        var steps = (int)Math.Ceiling(Math.Log2(longest));
        for (var step = 0; step <= steps; step++)
        {
            var width = (int)Math.Round(Math.Pow(longest, steps == 0 ? 0 : (double)step / steps));
            var (from, to) = (Math.Max(0, at - width / 2), Math.Min(sums.Length - 1, at + width - width / 2));
            largest = Math.Max(largest, Scores.OfWindow((sums[to] - sums[from]) / (to - from), to - from, Scores.PointAlpha));
        }
        return largest;
    }
}
