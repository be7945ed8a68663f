using System.Globalization;
using AiOutliers.Detection.Detectors.Deep;

namespace AiOutliers.Models.Keras;

/// <summary>
/// <c>[Comparison]</c> of a model's <c>.ini</c>: how a new model did beside the default detector. <c>detector</c>, <c>metric</c>,
/// <c>days</c>; <c>together</c> and <c>alone</c> = events, found by the model, by the other, by both; <c>false_events</c> = the model's,
/// the other's. Files without it are read.
/// </summary>
internal static class ComparisonSection
{
    public const string Name = "Comparison";

    /// <returns>Null without the section.</returns>
    /// <exception cref="Detection.AiOutliersException">A key is missing or damaged; the message names it.</exception>
    public static ModelComparison? Read(IDictionary<string, string?> keys)
    {
        if (!keys.ContainsKey($"{Name}:detector"))
            return null;
        var wrong = Counts(keys, "false_events", 2);
        if (!double.TryParse(Text(keys, "days"), NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
            || !double.IsFinite(days) || days <= 0)
        {
            throw ProfileFile.Wrong(Name, "days", "is not a number above 0");
        }
        return new(Text(keys, "detector"), Text(keys, "metric"), days, Found(keys, "together"), Found(keys, "alone"), wrong[0], wrong[1]);
    }

    public static IEnumerable<(string Key, string Value)> Write(ModelComparison? comparison) => comparison is null
        ? []
        :
        [
            ("detector", comparison.Detector), ("metric", comparison.Metric),
            ("days", comparison.Days.ToString("R", CultureInfo.InvariantCulture)),
            ("together", Text(comparison.Together)), ("alone", Text(comparison.Alone)),
            ("false_events", string.Create(CultureInfo.InvariantCulture, $"{comparison.FalseOfModel}, {comparison.FalseOfOther}")),
        ];

    private static string Text(FoundEvents found) =>
        string.Create(CultureInfo.InvariantCulture, $"{found.Tried}, {found.ByModel}, {found.ByOther}, {found.ByBoth}");

    private static string Text(IDictionary<string, string?> keys, string key) =>
        keys.TryGetValue($"{Name}:{key}", out var value) && !string.IsNullOrWhiteSpace(value)
            ? value.Trim()
            : throw ProfileFile.Wrong(Name, key, "is missing");

    private static FoundEvents Found(IDictionary<string, string?> keys, string key)
    {
        var counts = Counts(keys, key, 4);
        return new(counts[0], counts[1], counts[2], counts[3]);
    }

    /// <summary>-1 for what is not a count.</summary>
    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static int[] Counts(IDictionary<string, string?> keys, string key, int count)
    {
        var counts = Text(keys, key).Split(',').Select(Count).ToArray();
        return counts.Length == count && !counts.Contains(-1)
            ? counts
            : throw ProfileFile.Wrong(Name, key, $"is not {count} whole numbers");
    }
}
