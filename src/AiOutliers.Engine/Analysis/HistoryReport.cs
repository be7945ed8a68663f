namespace AiOutliers.Engine.Analysis;

/// <summary>What was looked at before the rows that were asked for.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="From">The time of the first of them, in milliseconds since 1970; null when there are none.</param>
/// <param name="Cached">Whether they came from memory.</param>
/// <param name="Warning">Why there are none although they were wanted; null when nothing went wrong.</param>
public sealed record HistoryReport(int Rows, long? From = null, bool Cached = false, string? Warning = null)
{
    public static readonly HistoryReport None = new(0);
}
