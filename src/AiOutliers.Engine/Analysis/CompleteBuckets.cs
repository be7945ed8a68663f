using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Engine.Analysis;

/// <summary>Which rows of those that were asked for are judged.</summary>
internal static class CompleteBuckets
{
    /// <param name="rows">What was asked for.</param>
    /// <param name="request">May say itself until when buckets are complete, and of how long a time.</param>
    /// <param name="settled">Later rows are still on the way to the data source.</param>
    /// <param name="fromQuery">Whether the rows answer a query, which has an end.</param>
    /// <exception cref="AiOutliersException">No row is left.</exception>
    public static FetchedRows Of(FetchedRows rows, AnalysisRequest request, DateTimeOffset settled, bool fromQuery)
    {
        // Buckets that end later are partial: they have not ended, their rows are still on the way, or the query cuts them.
        var complete = (request.CompleteUntil ?? settled).ToUnixTimeMilliseconds();
        var coverage = rows.Table.Coverage;
        rows = rows with { Table = rows.Table.Covering(coverage with { Until = Math.Min(complete, coverage.Until ?? complete) }) };
        rows = Since(rows, request.Since, fromQuery);
        return rows.Count > 0 ? rows : throw new AiOutliersException(ErrorKind.NothingToJudge, NoRows(rows.Table));
    }

    /// <summary>Of a query, so long before its end or now; of rows without one, before the last row's end: a file may be old.</summary>
    private static FetchedRows Since(FetchedRows rows, TimeSpan? since, bool fromQuery)
    {
        if (since is not { } span || rows.Count == 0)
            return rows;
        var table = rows.Table;
        var end = fromQuery ? table.Coverage.Until!.Value : table.Times[rows.First + rows.Count - 1] + table.StepMilliseconds;
        var start = Math.Clamp(table.RowFrom(end - (long)span.TotalMilliseconds), rows.First, rows.First + rows.Count);
        return rows with { First = start, Count = rows.First + rows.Count - start };
    }

    private static string NoRows(MetricTable table) => table.Rows == 0
        ? "the data has no rows; check the query's interval, its data source and its filter"
        : $"the data has no rows in the time asked for; the last one before it is {table.Timestamps[^1]}";
}
