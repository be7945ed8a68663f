using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>The answer to a query, with rows from before it.</summary>
/// <param name="Table">All rows, with what is known of their buckets.</param>
/// <param name="First">The first row that was asked for; those before are history.</param>
/// <param name="Count">How many rows were asked for.</param>
/// <param name="Cached">Whether history came from memory.</param>
/// <param name="Warning">Why the history that was wanted is missing; null when nothing went wrong.</param>
internal sealed record FetchedRows(MetricTable Table, int First, int Count, bool Cached, string? Warning);
