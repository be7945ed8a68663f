using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>
/// Separates history from what was asked for. Before a sensor sends its first row, Druid may answer with zeros as long as other sensors do:
/// rows at the very begin that hold nothing are not history.
/// </summary>
internal static class HistoryCut
{
    /// <param name="table">All rows, history first.</param>
    /// <param name="first">The first row that was asked for.</param>
    /// <param name="count">How many were asked for.</param>
    /// <param name="coverage">What is known of the buckets; it begins with the history.</param>
    /// <param name="cached">Whether the history came from memory.</param>
    public static FetchedRows Of(MetricTable table, int first, int count, Coverage coverage, bool cached)
    {
        var empty = 0;
        while (empty < first && IsEmpty(table, empty))
            empty++;
        if (empty > 0)
            coverage = coverage with { From = null };
        return new(
            table.Slice(empty, first + count - empty).Covering(coverage), first - empty, count, cached && first > empty, Warning: null);
    }

    private static bool IsEmpty(MetricTable table, int row)
    {
        foreach (var metric in table.Metrics)
        {
            if (table.Column(metric)[row] is not (0 or double.NaN))
                return false;
        }
        return true;
    }
}
