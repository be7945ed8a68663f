using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>
/// How far before a query's interval rows are asked for, too: a short interval alone says nothing about what is usual. Automatically as far
/// as the detectors can use: two weekends at fine granularities, the days of some months at coarse ones.
/// </summary>
/// <param name="Fixed">The span; null chooses by granularity, zero adds nothing.</param>
public readonly record struct HistorySpan(TimeSpan? Fixed)
{
    public static readonly HistorySpan Auto = new(null);
    public static readonly HistorySpan Off = new(TimeSpan.Zero);

    public const string Allowed = "auto, off, or " + TimeSpans.Allowed;

    public bool IsOff => Fixed == TimeSpan.Zero;

    public static bool TryParse(string text, out HistorySpan span)
    {
        (span, var known) = text.ToLowerInvariant() switch
        {
            "auto" => (Auto, true),
            "off" => (Off, true),
            _ => TimeSpans.TryParse(text, out var told) ? (new HistorySpan(told), true) : (Auto, false),
        };
        return known;
    }

    /// <param name="bucket">The width of a bucket.</param>
    public TimeSpan For(TimeSpan bucket) => Fixed ?? TimeSpan.FromDays(bucket switch
    {
        { TotalMinutes: < 5 } => 14,
        { TotalMinutes: < 15 } => 28,
        { TotalDays: < 1 } => 42,
        _ => 400,
    });
}
