using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>The answer to a query of many series, with rows from before it.</summary>
/// <param name="Series">All rows.</param>
/// <param name="Coverage">What is known of their buckets.</param>
/// <param name="AskedFrom">Rows before this time are history, in milliseconds since 1970; null when there are none.</param>
/// <param name="Warning">Why there is no history although it was wanted; null when nothing went wrong.</param>
public sealed record FetchedSeries(SeriesSet Series, Coverage Coverage, long? AskedFrom, string? Warning)
{
    /// <summary>The same for the same question, whatever its interval: a part of the incidents' ids.</summary>
    public string Origin { get; init; } = "";
}
