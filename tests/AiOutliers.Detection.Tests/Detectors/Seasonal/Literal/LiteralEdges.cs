using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>edge_slope and edge_line of docs/detectors/seasonal-scan-algorithm.md.</summary>
internal static class LiteralEdges
{
    public static void Slope(double[] trend, int width)
    {
        var (n, h) = (trend.Length, width / 2);
        if (n < h + 3 * width + 1)
            return;
        double Slope(int at, int hop)
        {
            var (a, b) = ((trend[at + hop] - trend[at]) / hop, (trend[at + 2 * hop] - trend[at + hop]) / hop);
            return a * b <= 0 ? 0 : Math.Abs(a) <= Math.Abs(b) ? a : b;
        }
        var (left, right) = (Slope(h, width), Slope(n - 1 - h, -width));
        for (var i = 0; i < h; i++)
            (trend[i], trend[n - 1 - i]) = (trend[h] + left * (i - h), trend[n - 1 - h] + right * (h - i));
    }

    public static void Line(double[] o, double[] v, int width, double rise = double.PositiveInfinity)
    {
        var (n, h) = (v.Length, width / 2);
        if (n < width || h < 2)
            return;
        foreach (var first in new[] { 0, n - width })
        {
            var window = v[first..(first + width)];
            var slope = (Median(window[^(h + 1)..]) - Median(window[..(h + 1)])) / (width - h - 1);
            slope = Math.Clamp(slope, -rise / h, rise / h);
            var level = Median(window.Select((value, j) => value - slope * (j - h)));
            for (var j = first == 0 ? 0 : width - h; j < (first == 0 ? h : width); j++)
                o[first + j] = level + slope * (j - h);
        }
    }
}
