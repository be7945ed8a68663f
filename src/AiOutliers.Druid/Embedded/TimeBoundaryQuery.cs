using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>The first and the last row's time.</summary>
internal static class TimeBoundaryQuery
{
    /// <returns>Null where the table has no rows.</returns>
    public static Interval? Run(DruidQuery query, DataTable table, SqlRunner runner)
    {
        var parameters = new SqlParameters();
        var where = query.Filter is null ? "true" : new FilterSql(table, parameters).Translate(query.Filter);
        if (query.Intervals is { } intervals)
        {
            var inside = QueryIntervals.Parse(intervals).Select(table.Within);
            where += $" AND ({string.Join(" OR ", inside)})";
        }
        var row = runner.Run($"SELECT min({DataTable.Time}), max({DataTable.Time}) FROM {table.Sql} WHERE {where}", parameters)[0];
        return row[0] is long first && row[1] is long last ? new Interval(first, last) : null;
    }
}
