using System.Numerics.Tensors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// When a metric counts as anomalous, given its <see cref="MetricResiduals"/>. Sharp: (loss − mean)/deviation &gt;
/// <see cref="SharpLimit"/>. Sustained: the mean over <see cref="SustainedRows"/> rows of (residual − centre)/scale, clipped to
/// ±<see cref="Clip"/>, exceeds in size <see cref="SustainedFactor"/> times what it reached on ordinary data; so does the same mean of
/// what is left of the residuals when the row's median over the metrics is taken away: busy hours move all metrics together, a leak moves
/// some of them away from the others.
/// </summary>
internal static class ResidualRule
{
    /// <summary>Measured: 6 finds little more at three times the false events, 10 loses some.</summary>
    public const double SharpLimit = 8;

    /// <summary>The band is as wide as that of seasonal-scan: four robust deviations to either side.</summary>
    public const double BandDeviations = 4;

    /// <summary>Two hours at five minutes: what lasts shorter is a matter of the sharp rule.</summary>
    public const int SustainedRows = 24;

    /// <summary>No single row may pass for a lasting deviation: 6/24 is far below any limit.</summary>
    public const double Clip = 6;

    public const double SustainedFactor = 2;

    /// <summary>
    /// Spreads below this count as this. In rescaled units it is a change of the metric by 0.3 to 0.5 %: a metric that is constant in
    /// training has no spread at all, and the network's rounding would be an anomaly.
    /// </summary>
    public const double LeastSpread = 1e-4;

    /// <summary>
    /// Half of the band around the expected values, in rescaled units: the model's own uncertainty of this metric at this granularity.
    /// It is not the verdict: the verdict also sees the other metrics, and how long a deviation lasts.
    /// </summary>
    public static double Uncertainty(AutoencoderProfile profile, MetricTable table, int column)
    {
        var ordinary = ResidualStatistics.Nearest(profile.Residuals, table.StepMilliseconds / 60_000.0).Metrics[column];
        return Math.Abs(ordinary.Centre) + BandDeviations * ordinary.Scale;
    }

    /// <summary>(residual − centre)/scale, clipped; 0 where the value is missing.</summary>
    /// <param name="values">The metric, NaN where missing; empty when it has no column of its own.</param>
    /// <param name="column">Which column of the reconstruction.</param>
    public static void Normalise(
        Reconstruction reconstruction, int column, ReadOnlySpan<double> values, double centre, double scale, Span<double> result)
    {
        for (var row = 0; row < result.Length; row++)
        {
            var at = row * reconstruction.Columns + column;
            var residual = ((double)reconstruction.Input[at] - reconstruction.Output[at] - centre) / scale;
            result[row] = !values.IsEmpty && double.IsNaN(values[row]) ? 0 : Math.Clamp(residual, -Clip, Clip);
        }
    }

    /// <summary>
    /// The mean over the <see cref="SustainedRows"/> rows around each row; near the ends over the outermost as many; of a shorter
    /// series over all.
    /// </summary>
    /// <param name="values">One per row.</param>
    /// <param name="means">One per row, overwritten.</param>
    public static void MovingMean(ReadOnlySpan<double> values, Span<double> means)
    {
        var width = Math.Min(SustainedRows, values.Length);
        for (var row = 0; row < values.Length; row++)
        {
            var start = Math.Clamp(row - width / 2, 0, values.Length - width);
            means[row] = TensorPrimitives.Sum(values.Slice(start, width)) / width;
        }
    }

    /// <summary>Takes the median over the metrics away from each of them, row by row, in place.</summary>
    /// <param name="metrics">One array per metric, one normalised residual per row.</param>
    public static void TakeCommonAway(ReadOnlySpan<double[]> metrics)
    {
        var row = new double[metrics.Length];
        for (var i = 0; metrics.Length > 0 && i < metrics[0].Length; i++)
        {
            for (var metric = 0; metric < row.Length; metric++)
                row[metric] = metrics[metric][i];
            Array.Sort(row);
            var common = (row[(row.Length - 1) / 2] + row[row.Length / 2]) / 2;
            foreach (var metric in metrics)
                metric[i] -= common;
        }
    }
}
