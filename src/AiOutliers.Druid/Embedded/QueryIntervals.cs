using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Embedded;

/// <summary>A span of time in milliseconds since 1970, the end outside.</summary>
internal readonly record struct Interval(long Start, long End);

/// <summary>Reads ISO 8601 intervals: start/end, start/period, period/end.</summary>
internal static class QueryIntervals
{
    /// <summary>In order of time, without overlaps.</summary>
    public static IReadOnlyList<Interval> Parse(IntervalsSpec? spec)
    {
        var texts = spec?.Texts() ?? [];
        if (texts.Count == 0)
            throw Unsupported.Wrong("it has no intervals");
        var merged = new List<Interval>();
        foreach (var interval in texts.Select(ParseOne).OrderBy(static interval => interval.Start))
        {
            if (merged.Count > 0 && interval.Start <= merged[^1].End)
                merged[^1] = new(merged[^1].Start, Math.Max(merged[^1].End, interval.End));
            else
                merged.Add(interval);
        }
        return merged;
    }

    private static Interval ParseOne(string text)
    {
        if (text.Split('/') is not [var first, var last])
            throw Wrong(text);
        var interval = (first.StartsWith('P'), last.StartsWith('P')) switch
        {
            (true, false) => Instant(last, text) is var end ? new(Shift(end, first, -1), end) : default,
            (false, true) => Instant(first, text) is var start ? new(start, Shift(start, last, 1)) : default,
            (false, false) => new Interval(Instant(first, text), Instant(last, text)),
            _ => throw Wrong(text),
        };
        return interval.Start <= interval.End ? interval : throw Unsupported.Wrong($"the interval '{text}' ends before it starts");
    }

    private static long Instant(string text, string interval) => Timestamps.TryParse(text, out var time) ? time : throw Wrong(interval);

    private static long Shift(long time, string period, int sign)
    {
        var (months, milliseconds) = Granularity.Parse(period);
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(time)
                .AddMonths(sign * months)
                .AddMilliseconds(sign * milliseconds)
                .ToUnixTimeMilliseconds();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Wrong(period);
        }
    }

    private static Detection.AiOutliersException Wrong(string text) =>
        Unsupported.Wrong($"'{text}' is not an ISO 8601 interval such as 2024-03-01/2024-03-02");
}
