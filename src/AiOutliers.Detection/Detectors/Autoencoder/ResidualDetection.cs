using System.Globalization;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Autoencoder;

/// <summary>
/// The verdict of a model with statistics of its residuals: a row is an anomaly when any metric is beyond its own limit, sharp or sustained (see
/// <see cref="ResidualRule"/>). The score is the larger of both, on the scale of the sharp one: standard deviations.
/// </summary>
internal static class ResidualDetection
{
    /// <param name="profile">With statistics.</param>
    /// <param name="table">The rows.</param>
    /// <param name="reconstruction">What the network made of them.</param>
    /// <param name="values">The requested metric: rows where it is missing get no verdict.</param>
    /// <param name="result">With arrays for all rows and the expected values.</param>
    public static DetectionResult Judge(AutoencoderProfile profile, MetricTable table, Reconstruction reconstruction, ReadOnlySpan<double> values, DetectionResult result)
    {
        var verdict = new ResidualVerdict(profile, table, reconstruction);
        var alarms = new AlarmClasses[table.Rows];
        double[] sharp = new double[table.Rows], sustained = new double[table.Rows];
        for (var row = 0; row < table.Rows; row++)
        {
            if (double.IsNaN(values[row]))
                continue;
            (sharp[row], sustained[row], alarms[row]) = (verdict.SharpAt(row), verdict.SustainedAt(row), verdict.AlarmsAt(row));
            var excess = Math.Max(sharp[row] / ResidualRule.SharpLimit, sustained[row]);
            result.Scores[row] = Math.Min(excess * ResidualRule.SharpLimit, double.MaxValue);
            result.Severities[row] = 100 - 100 / (1 + excess);
            result.Anomalies[row] = alarms[row] != AlarmClasses.None;
        }
        return result with
        {
            ScoreName = "residual",
            OtherScores = [new("sharp", sharp), new("sustained", sustained)],
            Alarms = alarms,
            Explain = row => alarms[row] == AlarmClasses.None ? null : Explain(verdict, row),
        };
    }

    private static string Explain(ResidualVerdict verdict, int row)
    {
        var sharp = string.Join(", ", verdict.SharpMetrics(row).Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Metric} ({entry.Deviations:0.0} σ)")));
        var sustained = string.Join(", ", verdict.SustainedMetrics(row).Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Metric} ({entry.Multiple:0.0} times the limit)")));
        string[] parts =
        [
            .. sharp.Length > 0 ? new[] { $"sharp: the model cannot reproduce {sharp}" } : [],
            .. sustained.Length > 0 ? new[] { $"sustained: lasting deviation of {sustained}" } : [],
        ];
        return string.Join("; ", parts);
    }
}
