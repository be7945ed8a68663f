using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors;

/// <summary>
/// Which metric is judged when nobody says: a preferred one, else the query's first aggregation, else the first column. Druid orders the
/// columns of its answers as it likes, so the first column alone says nothing.
/// </summary>
public static class MetricChoice
{
    /// <summary>Each is judged by itself and gets a panel of its own: more is a mistake, or work for several questions.</summary>
    private const int MostMetrics = 32;

    /// <param name="table">The rows.</param>
    /// <param name="preferred">The metrics that are meant when the rows have them; the first of these counts.</param>
    /// <param name="queried">The results of the query in its own order; none when there was no query.</param>
    /// <exception cref="AiOutliersException">The table has no metric.</exception>
    public static string Of(MetricTable table, IReadOnlyList<string> preferred, params IEnumerable<string> queried) =>
        preferred.Concat(queried).Concat(table.Metrics).FirstOrDefault(table.Metrics.Contains)
        ?? throw new AiOutliersException(ErrorKind.BadInput, "the rows hold no metric; add an aggregation to the query");

    /// <summary>The metrics that are named: one that the table has, or several separated by commas; each once, in this order.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="names">A metric's own name may hold commas.</param>
    /// <exception cref="AiOutliersException">The table lacks any of them, or they are none or too many.</exception>
    public static IReadOnlyList<string> Named(MetricTable table, string names)
    {
        if (table.Metrics.Contains(names))
            return [names];
        const StringSplitOptions Split = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        string[] metrics = [.. names.Split(',', Split).Distinct(StringComparer.Ordinal)];
        if (metrics.Length == 0)
            throw Wrong($"'{names}' names no metric");
        if (metrics.Length > MostMetrics)
            throw Wrong($"{metrics.Length} metrics are too many at once; {MostMetrics} can be judged together");
        string[] unknown = [.. metrics.Except(table.Metrics)];
        return unknown switch
        {
            [] => metrics,
            [var one] => throw Wrong(
                $"The metric '{one}' is not in the data. It has: {string.Join(", ", table.Metrics)}.{Similar.Hint(one, table.Metrics)}"),
            _ => throw Wrong(
                $"The metrics '{string.Join("', '", unknown)}' are not in the data. It has: {string.Join(", ", table.Metrics)}."),
        };
    }

    private static AiOutliersException Wrong(string message) => new(ErrorKind.BadInput, message);
}
