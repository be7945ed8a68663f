using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors;

/// <summary>Which metric is judged when nobody says: <c>monitors</c> where there is one, else the first.</summary>
public static class MetricChoice
{
    private const string Preferred = "monitors";

    /// <exception cref="AiOutliersException">The table has no metric.</exception>
    public static string Of(MetricTable table)
    {
        if (table.Metrics.Contains(Preferred))
            return Preferred;
        return table.Metrics.Count > 0
            ? table.Metrics[0]
            : throw new AiOutliersException(ErrorKind.BadInput, "the rows hold no metric; add an aggregation to the query");
    }
}
