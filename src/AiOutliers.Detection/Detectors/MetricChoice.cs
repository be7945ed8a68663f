using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors;

/// <summary>
/// Which metric is judged when nobody says: the configured one, else <c>monitors</c> (what redBorder's monitors call theirs), else the query's first
/// aggregation, else the first column. Druid orders the columns of its answers as it likes, so the first column alone says nothing.
/// </summary>
public static class MetricChoice
{
    private const string Monitors = "monitors";

    /// <param name="table">The rows.</param>
    /// <param name="configured">The metric that is meant when the rows have it.</param>
    /// <param name="queried">The results of the query in its own order; none when there was no query.</param>
    /// <exception cref="AiOutliersException">The table has no metric.</exception>
    public static string Of(MetricTable table, string configured, params IEnumerable<string> queried) =>
        new[] { configured, Monitors }.Concat(queried).Concat(table.Metrics).FirstOrDefault(table.Metrics.Contains)
        ?? throw new AiOutliersException(ErrorKind.BadInput, "the rows hold no metric; add an aggregation to the query");
}
