namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>
/// The helpers of docs/detectors/seasonal-scan-algorithm.md, line by line, for reading and not for speed. NaN is missing.
/// </summary>
internal static class LiteralNumbers
{
    public static double[] Known(IEnumerable<double> v) => [.. v.Where(static value => !double.IsNaN(value))];

    public static double Quantile(IEnumerable<double> v, double share)
    {
        var sorted = Known(v).Order().ToArray();
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    public static double Median(IEnumerable<double> v) => Quantile(v, 0.5);

    public static double Mad(IEnumerable<double> v)
    {
        var known = Known(v);
        var median = Median(known);
        return 1.4826 * Median(known.Select(value => Math.Abs(value - median)));
    }

    public static double Deviation(IEnumerable<double> v)
    {
        var known = Known(v);
        var mean = known.Average();
        return Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)) / known.Length);
    }

    /// <summary>rscale.</summary>
    public static (double Median, double Spread) Scale(IEnumerable<double> v)
    {
        var known = Known(v);
        var (median, spread) = (Median(known), Mad(known));
        var unit = Math.Max(1, Math.Abs(median));
        if (spread <= 1e-9 * unit)
            spread = (Quantile(known, 0.95) - Quantile(known, 0.05)) / 3.29;
        if (spread <= 1e-12 * unit)
            spread = Deviation(known);
        return (median, spread == 0 ? 1 : spread);
    }

    /// <summary>movmean: what is known in the window [i − w/2, i + w − 1 − w/2], NaN where nothing is.</summary>
    public static double[] MovingMean(double[] v, int width) => [.. v.Select((_, i) =>
    {
        var window = Known(Window(v, i - width / 2, i + width - width / 2));
        return window.Length == 0 ? double.NaN : window.Average();
    })];

    public static double[] MovingMax(double[] v, int width) =>
        [.. v.Select((_, i) => Window(v, i - width / 2, i + width - width / 2).Max())];

    /// <summary>movmed; w is odd.</summary>
    public static double[] MovingMedian(double[] v, int width) =>
        [.. v.Select((_, i) => Median(Window(v, i - width / 2, i + width / 2 + 1)))];

    /// <summary>From the first that is true to the first after it that is not.</summary>
    public static List<(int Start, int End)> Runs(IEnumerable<bool> marks)
    {
        var runs = new List<(int Start, int End)>();
        foreach (var (i, mark) in marks.Index())
        {
            if (mark && runs.Count > 0 && runs[^1].End == i)
                runs[^1] = (runs[^1].Start, i + 1);
            else if (mark)
                runs.Add((i, i + 1));
        }
        return runs;
    }

    public static double[] Window(double[] v, int from, int end) => v[Math.Max(0, from)..Math.Min(v.Length, end)];

    /// <summary>gridmed: medians at 0, hop, 2·hop, …, n − 1, linear between those that are known.</summary>
    public static double[] GridMedian(double[] v, int width, bool clamp, double leastShare)
    {
        var n = v.Length;
        width = Math.Min(width | 1, (n - 1) | 1);
        var (half, hop) = (width / 2, Math.Max(1, width / 8));
        var least = leastShare < 1 ? Math.Max(1, leastShare * width * Known(v).Length / n) : 0;
        var found = new SortedDictionary<int, double>();
        for (var at = 0; ; at = Math.Min(at + hop, n - 1))
        {
            var centre = clamp ? Math.Clamp(at, half, n - 1 - half) : at;
            var window = Known(Window(v, centre - half, centre + half + 1));
            if (window.Length >= least)
                found[at] = Median(window);
            if (at == n - 1)
                break;
        }
        return found.Count == 0 ? [.. v.Select(_ => Median(v))] : [.. v.Select((_, i) => Between(found, i))];
    }

    /// <summary>On the line between the nearest known places; beyond them, the value of the nearest.</summary>
    public static double Between(SortedDictionary<int, double> found, int at)
    {
        var (before, after) = (found.Keys.Where(key => key <= at), found.Keys.Where(key => key >= at));
        if (!before.Any() || !after.Any())
            return found[before.Any() ? before.Last() : after.First()];
        var (low, high) = (before.Last(), after.First());
        return low == high ? found[low] : found[low] + (found[high] - found[low]) / (high - low) * (at - low);
    }
}
