using System.Globalization;
using System.Numerics.Tensors;
using AiOutliers.Detection.Forest;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors;

/// <summary>
/// The detector of the service that this one replaces: a triangular smoothing is the forecast; an isolation forest over the smoothed value,
/// the error's size and sign, and the time of day and week gives the score. Rows whose value is missing are left out altogether.
/// </summary>
public sealed class ShallowDetector(ShallowOptions options) : IDetector
{
    /// <summary>
    /// Half the width of the band of ordinary values, in robust deviations of the error; the band is for the eye, the forest decides.
    /// </summary>
    private const double BandWidth = 4;

    public const string Id = "shallow";

    public string Name => Id;

    public DetectionResult Detect(MetricTable table, string metric, CancellationToken cancellation = default, int firstAsked = 0)
    {
        var values = table.Column(metric);
        var known = KnownRows(values);
        var result = Empty(table.Rows);
        if (known.Length == 0)
            return result with { NoVerdict = $"no row has a value of {metric}" };
        var x = new double[known.Length];
        for (var i = 0; i < x.Length; i++)
            x[i] = values[known[i]];
        var smoothed = Smooth(x);
        var features = Features(table, known, x, smoothed);
        var scores = IsolationForest.Score(features, seed: options.Seed);
        var threshold = Threshold(scores);
        var scale = ErrorScale(x, smoothed);
        for (var i = 0; i < known.Length; i++)
        {
            var row = known[i];
            result.Scores[row] = scores[i];
            result.Anomalies[row] = scores[i] > threshold;
            result.Expected[row] = smoothed[i];
            result.Lower![row] = smoothed[i] - BandWidth * scale;
            result.Upper![row] = smoothed[i] + BandWidth * scale;
            result.Severities![row] = Severity(scores[i], threshold);
        }
        var judged = values.ToArray();
        return result.WithIncidents(table, values, firstAsked, row => Reason(result, judged[row], row, threshold, scale));
    }

    private static DetectionResult Empty(int rows)
    {
        var result = new DetectionResult
        {
            Scores = new double[rows],
            Anomalies = new bool[rows],
            Expected = new double[rows],
            Lower = new double[rows],
            Upper = new double[rows],
            Severities = new double[rows],
        };
        Array.Fill(result.Expected, double.NaN);
        Array.Fill(result.Lower, double.NaN);
        Array.Fill(result.Upper, double.NaN);
        return result;
    }

    /// <summary>Scores lie between 0 and 1, and so does the threshold: each side is stretched to its half of the scale.</summary>
    private static double Severity(double score, double threshold) => score <= threshold
        ? 50 * score / threshold
        : 50 + 50 * Math.Min(1, (score - threshold) / Math.Max(1 - threshold, double.Epsilon));

    private static string Reason(DetectionResult result, double value, int row, double threshold, double scale)
    {
        var error = value - result.Expected[row];
        var distance = scale > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; {Math.Abs(error) / scale:0.0} robust deviations {(error < 0 ? "below" : "above")} the smoothed course")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"easily told from the other rows: isolation score {result.Scores[row]:0.00}, limit {threshold:0.00}{distance}");
    }

    /// <summary>1.4826 times the median of |error|: the standard deviation of normal noise, hardly moved by anomalies.</summary>
    private static double ErrorScale(ReadOnlySpan<double> x, ReadOnlySpan<double> smoothed)
    {
        var errors = new double[x.Length];
        TensorPrimitives.Subtract(x, smoothed, errors);
        TensorPrimitives.Abs(errors, errors);
        return 1.4826 * Quantile.Of(errors, 0.5);
    }

    /// <summary>
    /// The smoothing: window w = max(⌊0.05·n⌋, min(n, ⌊5 + ln n⌋)) made odd, half h = w div 2, kernel 1, 2, …, h, h²/4, h, …,
    /// 1 normalised to sum 1, edges padded by repeating the end values.
    /// </summary>
    internal static double[] Smooth(ReadOnlySpan<double> x)
    {
        var n = x.Length;
        var window = Math.Max((int)(0.05 * n), Math.Min(n, (int)(5 + Math.Log(n)))) | 1;
        var half = window / 2;
        var middle = half * half / 4.0;
        var total = half * (half + 1.0) + middle;
        var smoothed = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sum = half == 0 ? 0 : middle * x[i];
            for (var k = 1; k <= half; k++)
                sum += (half + 1 - k) * (x[Math.Max(i - k, 0)] + x[Math.Min(i + k, n - 1)]);
            smoothed[i] = half == 0 ? x[i] : sum / total;
        }
        return smoothed;
    }

    /// <summary>
    /// offset₀ = the contamination quantile of −score; offset = sensitivity·(1 + offset₀) − 1; anomalous is −score &lt; offset.
    /// </summary>
    private double Threshold(double[] scores)
    {
        // The quantile of the negated scores, from the other end.
        var offset = -Quantile.Of(scores, 1 - options.Contamination);
        return 1 - options.Sensitivity * (1 + offset);
    }

    private static double[][] Features(MetricTable table, int[] rows, ReadOnlySpan<double> x, ReadOnlySpan<double> smoothed)
    {
        var features = new double[5][];
        for (var f = 0; f < features.Length; f++)
            features[f] = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(table.Times[rows[i]]);
            var hour = Math.Floor(time.TimeOfDay.TotalMinutes) / 60;
            var weekday = ((int)time.DayOfWeek + 6) % 7;
            var error = x[i] - smoothed[i];
            features[0][i] = smoothed[i];
            features[1][i] = Math.Abs(error);
            features[2][i] = Math.Sign(error);
            features[3][i] = Math.Sin(2 * Math.PI * hour / 24);
            features[4][i] = Math.Cos(2 * Math.PI * (weekday + hour / 24) / 7);
        }
        return features;
    }

    private static int[] KnownRows(ReadOnlySpan<double> values)
    {
        var known = new List<int>(values.Length);
        for (var row = 0; row < values.Length; row++)
        {
            if (double.IsFinite(values[row]))
                known.Add(row);
        }
        return [.. known];
    }
}
