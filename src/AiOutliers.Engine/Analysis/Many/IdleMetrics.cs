using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>Metrics without a value, or always 0, because what they aggregate does not exist or is text, which Druid takes for 0.</summary>
public static class IdleMetrics
{
    /// <param name="source">Is asked what columns there are, where a metric is idle.</param>
    /// <param name="query">Where the rows came from.</param>
    /// <param name="rows">Of one series: what one lacks for this reason, all lack.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What to say.</returns>
    public static async Task<IReadOnlyList<string>> NotesAsync(
        IDruidSource? source, DruidQuery query, MetricTable rows, CancellationToken cancellation)
    {
        AggregatorSpec[] idle = [.. (query.Aggregations ?? []).Where(one => FieldOf(one) is not null && IsIdle(one, rows))];
        if (idle.Length == 0 || query.DataSource?.TableName is not { } table)
            return [];
        var columns = await SourceCatalog.ColumnsAsync(source, table, cancellation);
        return columns is null ? [] : [.. idle.Where(one => !IsNumber(one, query, columns)).Select(one => Words(one, table, columns))];
    }

    private static string? FieldOf(AggregatorSpec one) => one.Aggregator is { } inner ? FieldOf(inner)
        : one.Type is "longSum" or "doubleSum" or "floatSum" or "longMin" or "doubleMin" or "floatMin" or "longMax" or "doubleMax"
            or "floatMax" ? one.FieldName : null;

    private static bool IsIdle(AggregatorSpec one, MetricTable rows) => one.OutputName is { } name
        && rows.TryGetColumn(name, out var values) && !values.ContainsAnyExcept(double.NaN, 0);

    private static bool IsNumber(AggregatorSpec one, DruidQuery query, SourceColumns columns) =>
        columns.Metrics.Contains(FieldOf(one)!) || query.VirtualColumns?.Any(own => own.Name == FieldOf(one)) == true;

    private static string Words(AggregatorSpec one, string table, SourceColumns columns)
    {
        var kind = columns.Dimensions.Contains(FieldOf(one)!) ? "is a dimension" : "is not a column";
        return $"'{one.OutputName}' aggregates '{FieldOf(one)}', which {kind} of {table}; its metrics are: "
            + SourceCatalog.Words(columns.Metrics);
    }
}
