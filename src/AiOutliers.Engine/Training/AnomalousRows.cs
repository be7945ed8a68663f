using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Training;

/// <summary>The rows that the default detector flags: a model must not learn them.</summary>
public static class AnomalousRows
{
    /// <summary>One entry per row of the table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="metrics">What the model learns.</param>
    /// <param name="counts">Of these only, where the model learns any: the others are computed from them.</param>
    /// <param name="detector">Who flags.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static bool[] Of(
        MetricTable table, IReadOnlyList<string> metrics, IEnumerable<string> counts, IDetector detector, CancellationToken cancellation)
    {
        var flagged = new bool[table.Rows];
        var judged = metrics.Intersect(counts).ToArray();
        foreach (var metric in judged.Length > 0 ? judged : [.. metrics])
        {
            if (!table.TryGetColumn(metric, out var column) || !column.ContainsAnyExcept(double.NaN))
                continue;
            try
            {
                var anomalies = detector.Detect(table, metric, cancellation).Anomalies;
                for (var row = 0; row < flagged.Length; row++)
                    flagged[row] |= anomalies[row];
            }
            catch (AiOutliersException error) when (error.Kind is ErrorKind.BadInput or ErrorKind.NothingToJudge)
            {
                // Too few rows to judge: too few to train on as well, and that is said where it is counted.
            }
        }
        return flagged;
    }
}
