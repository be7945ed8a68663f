using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>Section 4 of docs/detectors/seasonal-scan-algorithm.md, line by line.</summary>
internal static class LiteralScores
{
    /// <summary>The longest window of POINT, over m values.</summary>
    public static int LongestSharp(int m) => Math.Min(24, Math.Max(Math.Max(1, m / 150), Math.Min(8, m / 8)));

    /// <summary>The longest window of WIDE and of the sustained statistic.</summary>
    public static int LongestWide(int m) => Math.Max(1, m / 30);

    /// <summary>The statistic of one window.</summary>
    public static double OfWindow(double meanEnergy, int length, double alpha) =>
        Math.Sqrt(Math.Max(0, (meanEnergy - 1) * Math.Pow(length, alpha)));

    /// <summary>RANGE of one row.</summary>
    public static double Range(double point, double wide, double pedestal) => Math.Max(0, point - pedestal) + wide / (wide + 10);

    /// <summary>scan(E, M, α, lo); spread: every point has the best of the windows that it lies in.</summary>
    public static double[] Scan(double[] energy, double longest, double alpha, int shortest = 1, bool spread = false)
    {
        var ratio = Math.Max(longest / shortest, 1);
        var k = (int)Math.Ceiling(Math.Log2(ratio));
        var widths = Enumerable.Range(0, k + 1).Select(i => (int)Math.Round(shortest * Math.Pow(ratio, k == 0 ? 0 : (double)i / k)));
        var best = new double[energy.Length];
        foreach (var width in widths.Distinct())
        {
            var mean = MovingMean(energy, width);
            double Weight(int i) => Math.Pow(Window(energy, i - width / 2, i + width - width / 2).Length, alpha);
            var q = mean.Select((value, i) => (value - 1) * Weight(i)).ToArray();
            q = spread && width > 1 ? MovingMax(q, width) : q;
            best = [.. best.Zip(q, Math.Max)];
        }
        return [.. best.Select(Math.Sqrt)];
    }

    /// <summary>Rows of one event share its peak.</summary>
    public static double[] Shaped(double[] point, double[] energy)
    {
        var result = point.ToArray();
        foreach (var (start, end) in Runs(point.Select(static value => value > 4)))
            Shape(point, energy, start, end, result);
        return result;
    }

    private static void Shape(double[] point, double[] energy, int start, int end, double[] result)
    {
        if (end <= start)
            return;
        var peak = Enumerable.Range(start, end - start).MaxBy(i => point[i]);
        var (from, after) = (peak, peak + 1);
        while (from > start && 2 * point[from - 1] >= point[peak])
            from--;
        while (after < end && 2 * point[after] >= point[peak])
            after++;
        var odd = Enumerable.Range(from, after - from).Where(i => energy[i] > 9).ToArray();
        if (odd.Length > 0)
            result.AsSpan(odd[0], odd[^1] - odd[0] + 1).Fill(point[peak]);
        Shape(point, energy, start, from, result);
        Shape(point, energy, after, end, result);
    }
}
