using System.Numerics.Tensors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Autoencoder;

/// <summary>How far each metric is beyond its own limits, row by row. Granularity is no metric of the traffic and gets no verdict.</summary>
internal sealed class ResidualVerdict
{
    private readonly string[] _metrics;
    private readonly double[][] _sharp;
    private readonly double[][] _sustained;
    private readonly double[][] _apart;

    public ResidualVerdict(AutoencoderProfile profile, MetricTable table, Reconstruction reconstruction)
    {
        var statistics = ResidualStatistics.Nearest(profile.Residuals, table.StepMilliseconds / 60_000.0);
        var judged = Enumerable.Range(0, profile.Metrics.Count).Where(column => profile.Metrics[column] != FeatureMatrix.Granularity).ToArray();
        _metrics = [.. judged.Select(column => profile.Metrics[column])];
        _sharp = [.. judged.Select(column => Sharp(statistics.Metrics[column], table.Column(profile.Metrics[column]), reconstruction, column))];
        var lasting = new LastingDeviations(profile, table, reconstruction, statistics.Metrics);
        _sustained = [.. judged.Select(column => Multiple(statistics.Metrics[column].SustainedLimit, table.Column(profile.Metrics[column]), lasting.Alone(column)))];
        _apart = [.. judged.Select(column => double.IsFinite(statistics.Metrics[column].ApartLimit)
            ? Multiple(statistics.Metrics[column].ApartLimit, table.Column(profile.Metrics[column]), lasting.Apart(column))
            : new double[table.Rows])];
        Leaps = double.IsFinite(statistics.LeapLimit) ? CommonLeaps.Of(profile, reconstruction) : [];
        TensorPrimitives.Abs(Leaps, Leaps);
        TensorPrimitives.Divide(Leaps, statistics.LeapLimit, Leaps);
    }

    /// <summary>How far all metrics together leap, row by row, as a multiple of the limit; empty in models that have none.</summary>
    public double[] Leaps { get; }

    public double LeapAt(int row) => Leaps.Length > 0 ? Leaps[row] : 0;

    /// <summary>The largest loss of a metric, in standard deviations above its mean; not below 0.</summary>
    public double SharpAt(int row) => Largest(_sharp, row);

    /// <summary>The largest lasting deviation of a metric, as a multiple of its limit.</summary>
    public double SustainedAt(int row) => Math.Max(Largest(_sustained, row), Largest(_apart, row));

    public AlarmClasses AlarmsAt(int row) =>
        (SharpAt(row) > ResidualRule.SharpLimit || LeapAt(row) > 1 ? AlarmClasses.Sharp : AlarmClasses.None)
        | (SustainedAt(row) > 1 ? AlarmClasses.Sustained : AlarmClasses.None);

    /// <summary>The metrics whose loss is beyond its limit and how far, the farthest first.</summary>
    public IEnumerable<(string Metric, double Deviations)> SharpMetrics(int row) => Beyond(_sharp, row, ResidualRule.SharpLimit);

    /// <summary>The metrics with a lasting deviation and its multiple of the limit, the largest first.</summary>
    public IEnumerable<(string Metric, double Multiple)> SustainedMetrics(int row) => Beyond(_sustained, row, 1);

    /// <summary>The metrics that deviate from the others for long, and the multiple of the limit, the largest first.</summary>
    public IEnumerable<(string Metric, double Multiple)> ApartMetrics(int row) => Beyond(_apart, row, 1);

    private static double[] Sharp(MetricResiduals ordinary, ReadOnlySpan<double> values, Reconstruction reconstruction, int column)
    {
        var sharp = new double[values.Length];
        for (var row = 0; row < sharp.Length; row++)
        {
            if (!double.IsNaN(values[row]))
                sharp[row] = Math.Max(0, (reconstruction.Loss[row * reconstruction.Columns + column] - ordinary.Mean) / ordinary.Deviation);
        }
        return sharp;
    }

    private static double[] Multiple(double ordinary, ReadOnlySpan<double> values, ReadOnlySpan<double> means)
    {
        var limit = ResidualRule.SustainedFactor * Math.Max(ordinary, double.Epsilon);
        var multiples = new double[means.Length];
        for (var row = 0; row < multiples.Length; row++)
            multiples[row] = double.IsNaN(values[row]) ? 0 : Math.Min(Math.Abs(means[row]) / limit, double.MaxValue);
        return multiples;
    }

    private static double Largest(double[][] columns, int row)
    {
        var largest = 0.0;
        foreach (var column in columns)
            largest = Math.Max(largest, column[row]);
        return largest;
    }

    private IEnumerable<(string, double)> Beyond(double[][] columns, int row, double limit) =>
        _metrics.Zip(columns, (metric, column) => (metric, column[row])).Where(entry => entry.Item2 > limit).OrderByDescending(static entry => entry.Item2);
}
