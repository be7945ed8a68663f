using System.Globalization;
using AiOutliers.Detection;

namespace AiOutliers.Engine.Explanation;

/// <summary>What an operator reads: a line per element, and what is not explained.</summary>
public static class ExplanationWords
{
    /// <summary>What is left over is worth a line from here on.</summary>
    private const double WorthTelling = 0.05;

    private const double NearlyAll = 0.995;

    public static IReadOnlyList<string> Of(ExplanationReport report)
    {
        var lines = new List<string>();
        if (report.Verdict == ExplanationVerdict.NoData)
            lines.Add(report.Value == 0 && report.Expected == 0
                ? "This window has no data that could explain it."
                : "No dimension can explain it.");
        if (report.Verdict == ExplanationVerdict.HardlyDeviates)
        {
            // Shares of next to nothing are millions of percent.
            lines.Add($"{report.Metric} hardly deviates here: {Numbers(report.Value, report.Expected)}.");
            return [.. lines, .. report.Elements.Select(static element => Element(element with { Share = -1 }, isFirst: false))];
        }
        lines.AddRange(report.Elements.Select((element, at) => Element(element, at == 0)));
        if (report.Verdict == ExplanationVerdict.Outside)
            lines.Add($"It lies outside these dimensions: no value of {Names(report)} carries it.");
        else if (report.OutsideShare >= WorthTelling)
            lines.Add($"{Percent(report.OutsideShare)} of it is spread over all values.");
        var rest = 1 - report.Explained - report.OutsideShare;
        if (report.Elements.Any(static element => element.Share < 0))
            lines.Add("The total moved the other way: these values stand out against the rest.");
        else if (report.Elements.Count > 0 && rest >= WorthTelling)
            lines.Add($"{Percent(rest)} is not explained.");
        if (report.Elements.Count > 0 && rest <= -WorthTelling)
            lines.Add($"Other values moved the opposite way and offset {Percent(-rest)}.");
        return lines;
    }

    private static string Element(ExplainedElement element, bool isFirst)
    {
        var refinements = element.Refinements.Count == 0 ? "" : " (of it: "
            + string.Join(", ", element.Refinements.Select(static own => $"{Part(own.Dimension, own.Value)} {Percent(own.Share)}")) + ")";
        var distinct = element.Distinct.Where(static own => own.Value > 1)
            .OrderByDescending(static own => own.Value).Select(Count).ToArray();
        var counts = distinct.Length == 0 ? "" : $", with {string.Join(", ", distinct)}";
        var change = element.IsNew ? "new" : element.IsGone ? "gone" : Numbers(element.Value, element.Expected);
        var share = element.Share < 0 ? ""
            : element.Share >= NearlyAll ? "All of it: "
            : $"{Percent(element.Share)}{(isFirst ? " of it" : "")}: ";
        return $"{share}{string.Join(", ", element.Where.Select(static part => Part(part.Dimension, part.Value)))}"
            + $"{refinements}{counts}; {change}";
    }

    private static string Names(ExplanationReport report) =>
        report.Dimensions.Count > 0 ? string.Join(", ", report.Dimensions) : "these dimensions";

    private static string Count(KeyValuePair<string, long> distinct) =>
        string.Create(CultureInfo.InvariantCulture, $"{distinct.Value:N0} {distinct.Key}");

    private static string Part(string dimension, string? value) => $"{dimension} {value ?? "(none)"}";

    private static string Numbers(double value, double expected) =>
        $"{Quantity.Short(value)} where {Quantity.Short(expected)} was expected";

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
