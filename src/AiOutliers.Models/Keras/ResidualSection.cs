using System.Globalization;
using AiOutliers.Detection.Detectors.Deep;

namespace AiOutliers.Models.Keras;

/// <summary>
/// <c>[Residuals]</c> of a model's <c>.ini</c>: <c>METRIC@MINUTES = mean, deviation, centre, scale, sustained limit, apart limit</c>; older
/// files lack the last. And <c>[Leaps]</c>: <c>MINUTES = limit</c>, which older files lack too.
/// </summary>
internal static class ResidualSection
{
    public const string Name = "Residuals", Leaps = "Leaps";

    private const string Prefix = Name + ":";

    /// <param name="metric">The column.</param>
    /// <param name="minutes">Minutes from row to row.</param>
    public static string Key(string metric, double minutes) => string.Create(CultureInfo.InvariantCulture, $"{metric}@{minutes:R}");

    /// <summary>From the finest granularity on; keys of other columns are ignored.</summary>
    /// <exception cref="Detection.AiOutliersException">
    /// A key is damaged, or a metric lacks a granularity that others have; the message names it.
    /// </exception>
    public static IReadOnlyList<ResidualStatistics> Read(IDictionary<string, string?> keys, IReadOnlyList<string> metrics)
    {
        var found = new SortedDictionary<double, MetricResiduals?[]>();
        foreach (var (key, value) in keys.Where(static pair => pair.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var at = key.LastIndexOf('@');
            var column = at < 0 ? -1 : ColumnOf(metrics, key[Prefix.Length..at]);
            if (column < 0)
                continue;
            if (!double.TryParse(key.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes)
                || !(minutes > 0) || !double.IsFinite(minutes))
            {
                throw ProfileFile.Wrong(Name, key[Prefix.Length..], "does not end in minutes");
            }
            if (!found.TryGetValue(minutes, out var columns))
                found.Add(minutes, columns = new MetricResiduals?[metrics.Count]);
            columns[column] = Numbers(Key(metrics[column], minutes), value);
        }
        return [.. found.Select(entry => new ResidualStatistics(entry.Key, [.. entry.Value.Select((ordinary, column) =>
            ordinary ?? throw ProfileFile.Wrong(Name, Key(metrics[column], entry.Key), "is missing"))])
        {
            LeapLimit = LeapLimit(keys, entry.Key),
        })];
    }

    private static double LeapLimit(IDictionary<string, string?> keys, double minutes)
    {
        var key = minutes.ToString("R", CultureInfo.InvariantCulture);
        if (!keys.TryGetValue($"{Leaps}:{key}", out var value))
            return double.PositiveInfinity;
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit)
            && limit > 0 && double.IsFinite(limit)
            ? limit
            : throw ProfileFile.Wrong(Leaps, key, "is not a number above 0");
    }

    private static int ColumnOf(IReadOnlyList<string> metrics, string name)
    {
        for (var column = 0; column < metrics.Count; column++)
        {
            if (string.Equals(metrics[column], name, StringComparison.OrdinalIgnoreCase))
                return column;
        }
        return -1;
    }

    private static MetricResiduals Numbers(string key, string? value)
    {
        var numbers = Array.ConvertAll((value ?? "").Split(','), static part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number
                : double.NaN);
        return numbers is [var mean, var deviation, var centre, var scale, var limit, .. { Length: <= 1 } apart]
            && !numbers.Contains(double.NaN)
            ? new(mean, deviation, centre, scale, limit) { ApartLimit = apart.Length > 0 ? apart[0] : double.PositiveInfinity }
            : throw ProfileFile.Wrong(
                Name, key, "is not five or six numbers: mean, deviation, centre, scale, sustained limit, apart limit");
    }
}
