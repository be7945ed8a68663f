using System.CommandLine;
using System.Globalization;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Service.Cli;

/// <summary>The options of <c>detect</c> that are spans of time, checked when the command line was read; and its clock.</summary>
internal static class DetectTimes
{
    public static TimeSpan? Last(ParseResult parsed) => Span(parsed, DetectOptions.Last);

    public static TimeSpan? Since(ParseResult parsed) => Span(parsed, DetectOptions.Since);

    public static HistorySpan? History(ParseResult parsed) =>
        parsed.GetValue(DetectOptions.History) is { } text && HistorySpan.TryParse(text, out var span) ? span : null;

    /// <summary>The clock that the command line names: times of a file without an offset are of it.</summary>
    public static TimeZoneInfo? Zone(ParseResult parsed) =>
        parsed.GetValue(JudgingOptions.TimeZone) is { } name && TimeZones.TryFind(name, out var zone) ? zone : null;

    /// <summary>Whether a time can be written so.</summary>
    public static bool IsFormat(string text)
    {
        try
        {
            return DateTimeOffset.UnixEpoch.ToString(text, CultureInfo.InvariantCulture).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static TimeSpan? Span(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text && TimeSpans.TryParse(text, out var span) ? span : null;
}
