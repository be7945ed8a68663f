using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Service.Cli;

/// <summary>The options of <c>detect</c> that are spans of time.</summary>
internal static class DetectTimes
{
    /// <exception cref="AiOutliersException">It is none.</exception>
    public static TimeSpan? Last(ParseResult parsed) => Span(parsed, DetectOptions.Last);

    /// <exception cref="AiOutliersException">It is none.</exception>
    public static TimeSpan? Since(ParseResult parsed) => Span(parsed, DetectOptions.Since);

    /// <exception cref="AiOutliersException">It is none.</exception>
    public static HistorySpan? History(ParseResult parsed)
    {
        if (parsed.GetValue(DetectOptions.History) is not { } text)
            return null;
        return HistorySpan.TryParse(text, out var span) ? span : throw Wrong(DetectOptions.History, text, HistorySpan.Allowed);
    }

    /// <summary>The clock that the command line names: times of a file without an offset are of it.</summary>
    public static TimeZoneInfo? Zone(ParseResult parsed) =>
        parsed.GetValue(DetectOptions.TimeZone) is { } name && TimeZones.TryFind(name, out var zone) ? zone : null;

    private static TimeSpan? Span(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        return TimeSpans.TryParse(text, out var span) ? span : throw Wrong(option, text, TimeSpans.Allowed);
    }

    private static AiOutliersException Wrong(Option option, string text, string allowed) =>
        new(ErrorKind.BadInput, $"{option.Name} '{text}' is not allowed; it takes {allowed}");
}
