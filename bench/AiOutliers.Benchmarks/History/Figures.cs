using System.Globalization;

namespace AiOutliers.Benchmarks.History;

/// <summary>Figures and how they are written.</summary>
internal static class Figures
{
    /// <summary>The smallest of the values that at least this share of them does not exceed.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>NaN where there is nothing to have a share of.</summary>
    public static double Share(int part, int whole) => whole == 0 ? double.NaN : (double)part / whole;

    public static string Percent(double share) => double.IsNaN(share) ? "-" : Text($"{100 * share:0.0} %");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
