using System.Globalization;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// The verdict of a model with statistics of its residuals: a row is an anomaly when any metric is beyond its own limit, sharp or sustained
/// (see <see cref="ResidualRule"/>), or when all of them leap together (<see cref="CommonLeaps"/>). The score is the largest of them, on
/// the scale of the sharp one: standard deviations.
/// </summary>
internal static class ResidualDetection
{
    /// <param name="verdict">On all metrics.</param>
    /// <param name="table">The rows.</param>
    /// <param name="values">The requested metric: rows where it is missing get no verdict.</param>
    /// <param name="result">With arrays for all rows and the expected values.</param>
    public static DetectionResult Judge(ResidualVerdict verdict, MetricTable table, ReadOnlySpan<double> values, DetectionResult result)
    {
        var leaps = verdict.Leaps;
        var alarms = new AlarmClasses[table.Rows];
        double[] sharp = new double[table.Rows], sustained = new double[table.Rows];
        for (var row = 0; row < table.Rows; row++)
        {
            if (double.IsNaN(values[row]))
            {
                if (leaps.Length > 0)
                    leaps[row] = 0;
                continue;
            }
            (sharp[row], sustained[row], alarms[row]) = (verdict.SharpAt(row), verdict.SustainedAt(row), verdict.AlarmsAt(row));
            var excess = Math.Max(Math.Max(sharp[row] / ResidualRule.SharpLimit, sustained[row]), verdict.LeapAt(row));
            result.Scores[row] = Math.Min(excess * ResidualRule.SharpLimit, double.MaxValue);
            result.Severities![row] = 100 - 100 / (1 + excess);
            result.Anomalies[row] = alarms[row] != AlarmClasses.None;
        }
        return result with
        {
            ScoreName = "residual",
            OtherScores =
            [
                new("sharp", sharp), new("sustained", sustained),
                .. leaps.Length > 0 ? [new NamedScore("leap", leaps)] : Array.Empty<NamedScore>(),
            ],
            Alarms = alarms,
        };
    }

    /// <summary>Why a row was found anomalous.</summary>
    public static string Reason(ResidualVerdict verdict, int row)
    {
        string[] parts =
        [
            Part("sharp: the model cannot reproduce", verdict.SharpMetrics(row), " σ"),
            Leap(verdict.LeapAt(row)),
            Part("sustained: lasting deviation of", verdict.SustainedMetrics(row), " times the limit"),
            Part("sustained: not in step with the other metrics", verdict.ApartMetrics(row), " times the limit"),
        ];
        return string.Join("; ", parts.Where(static part => part.Length > 0));
    }

    private static string Leap(double multiple) => multiple > 1
        ? string.Create(
            CultureInfo.InvariantCulture, $"sharp: the metrics as a whole leap out of the rows around ({multiple:0.0} times the limit)")
        : "";

    private static string Part(string what, IEnumerable<(string Metric, double Size)> metrics, string unit)
    {
        var names = string.Join(
            ", ", metrics.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Metric} ({entry.Size:0.0}{unit})")));
        return names.Length > 0 ? $"{what} {names}" : "";
    }
}
