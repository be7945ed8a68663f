using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Training;

/// <summary>The rows that the default detector flags: a model must not learn them.</summary>
public static class AnomalousRows
{
    /// <summary>What all other metrics of the traffic set are computed from: whatever is odd is odd in one of these.</summary>
    private static readonly string[] Counts = ["bytes", "pkts", "flows", "clients"];

    /// <summary>One entry per row of the table.</summary>
    public static bool[] Of(MetricTable table, IReadOnlyList<string> metrics, IDetector detector, CancellationToken cancellation)
    {
        var flagged = new bool[table.Rows];
        var judged = metrics.Intersect(Counts).ToArray();
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
            catch (AiOutliersException error) when (error.Kind == ErrorKind.BadInput)
            {
                // Too few rows to judge: too few to train on as well, and that is said where it is counted.
            }
        }
        return flagged;
    }
}
