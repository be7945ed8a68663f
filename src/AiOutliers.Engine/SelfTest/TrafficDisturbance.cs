using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.SelfTest;

/// <summary>
/// An <see cref="Injection"/> into a series of several metrics that belong together: rates and ratios are computed from what they are
/// made of, as the data source does, so that a model does not find an event by its arithmetic.
/// </summary>
public static class TrafficDisturbance
{
    /// <param name="table">The series.</param>
    /// <param name="injection">What happens.</param>
    /// <param name="metric">To this metric: to the count that it is computed from, where it is computed.</param>
    /// <param name="together">To all others as well, each in proportion to itself.</param>
    /// <param name="rowsPerDay">At least 1.</param>
    /// <param name="schema">Which metrics are computed from which; constant factors cancel.</param>
    public static MetricTable Apply(
        MetricTable table, Injection injection, string metric, bool together, int rowsPerDay, TrafficSchema schema)
    {
        var hit = Parts(table, metric, schema) is var (numerator, _) ? numerator : metric;
        var columns = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var name in table.Metrics)
        {
            if (Parts(table, name, schema) is null)
                columns.Add(name, together || name == hit ? injection.Apply(table.Column(name), rowsPerDay) : table.Column(name).ToArray());
        }
        foreach (var name in table.Metrics)
        {
            if (Parts(table, name, schema) is var (over, under))
                columns.Add(name, Scaled(table, name, (over, columns[over]), under is null ? null : (under, columns[under])));
        }
        return table.With(columns);
    }

    /// <summary>What a metric is computed from, where the table has that; else null.</summary>
    private static (string Numerator, string? Denominator)? Parts(MetricTable table, string metric, TrafficSchema schema) =>
        schema.Find(metric) is { Of: { } over, Per: var under }
            && table.Metrics.Contains(over) && (under is null || table.Metrics.Contains(under)) ? (over, under) : null;

    /// <summary>
    /// The metric times the factor of its numerator, divided by that of its denominator; as Druid has it, a division by 0 gives 0.
    /// </summary>
    private static double[] Scaled(
        MetricTable table, string metric, (string Name, double[] Values) over, (string Name, double[] Values)? under)
    {
        var scaled = table.Column(metric).ToArray();
        var before = table.Column(over.Name);
        var clients = under is { } part ? table.Column(part.Name) : default;
        for (var row = 0; row < scaled.Length; row++)
        {
            var factor = before[row] > 0 ? over.Values[row] / before[row] : 1;
            if (under is { } ratio)
                factor = ratio.Values[row] > 0 ? factor * clients[row] / ratio.Values[row] : 0;
            scaled[row] *= factor;
        }
        return scaled;
    }
}
