using System.Globalization;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// A row is an anomaly when the network, which has learnt ordinary traffic, cannot reproduce it: when the loss of the requested metric
/// exceeds its mean on ordinary data by k standard deviations (k-sigma). The score is that distance in standard deviations, 0 below the
/// mean. A model with statistics of its residuals judges every metric by its own: <see cref="ResidualDetection"/>.
/// </summary>
public sealed class AutoencoderDetector(Autoencoder model) : IDetector
{
    public string Name => "autoencoder";

    public DetectionResult Detect(MetricTable table, string metric, CancellationToken cancellation = default, int firstAsked = 0)
    {
        var profile = model.Profile;
        var column = IndexOf(profile, metric);
        var seen = model.Reconstruct(table);
        cancellation.ThrowIfCancellationRequested();
        var verdict = profile.Residuals.Count > 0 ? new ResidualVerdict(model, table, seen) : null;
        var values = table.Column(metric);
        var result = Expect(
            table, verdict?.Reconstruction ?? seen, column,
            verdict is null ? profile.Threshold : ResidualRule.Uncertainty(profile, table, column)) with
        {
            Warnings = Warnings(values),
        };
        result = verdict is null
            ? JudgeByTwoNumbers(profile, seen, column, values, result)
            : ResidualDetection.Judge(verdict, table, values, result);
        return result.WithIncidents(
            table, values, firstAsked, row => verdict is null ? Reason(result, row) : ResidualDetection.Reason(verdict, row));
    }

    private static DetectionResult Expect(MetricTable table, Reconstruction reconstruction, int column, double room)
    {
        var result = new DetectionResult
        {
            Scores = new double[table.Rows],
            Anomalies = new bool[table.Rows],
            Expected = new double[table.Rows],
            Lower = new double[table.Rows],
            Upper = new double[table.Rows],
            Severities = new double[table.Rows],
        };
        for (var row = 0; row < table.Rows; row++)
        {
            double expected = reconstruction.Output[row * reconstruction.Columns + column];
            result.Expected[row] = FeatureScale.Descale(expected);
            result.Lower[row] = Math.Max(0, FeatureScale.Descale(expected - room));
            result.Upper[row] = FeatureScale.Descale(expected + room);
        }
        return result;
    }

    private static DetectionResult JudgeByTwoNumbers(
        AutoencoderProfile profile, Reconstruction reconstruction, int column, ReadOnlySpan<double> values, DetectionResult result)
    {
        for (var row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(values[row]))
                continue;
            double loss = reconstruction.Loss[row * reconstruction.Columns + column];
            result.Scores[row] = profile.LossDeviation > 0 ? Math.Max(0, (loss - profile.AverageLoss) / profile.LossDeviation) : loss;
            result.Anomalies[row] = loss > profile.Threshold;
            result.Severities![row] = 100 * loss / Math.Max(loss + profile.Threshold, double.Epsilon);
        }
        return result;
    }

    private static string Reason(DetectionResult result, int row) => string.Create(CultureInfo.InvariantCulture,
        $"the model cannot reproduce it: its loss is {result.Scores[row]:0.0} standard deviations above that of ordinary data");

    private static int IndexOf(AutoencoderProfile profile, string metric)
    {
        for (var c = 0; c < profile.Metrics.Count; c++)
        {
            if (profile.Metrics[c] == metric)
                return c;
        }
        throw new AiOutliersException(
            ErrorKind.BadInput, $"the model has no column for the metric '{metric}'. It has: {string.Join(", ", profile.Metrics)}");
    }

    private static string[] Warnings(ReadOnlySpan<double> values)
    {
        var negative = 0;
        foreach (var value in values)
            negative += value < 0 ? 1 : 0;
        return negative == 0 ? [] : [$"{Counted.Of(negative, "negative value")}: the model counts {(negative == 1 ? "it" : "them")} as 0."];
    }
}
