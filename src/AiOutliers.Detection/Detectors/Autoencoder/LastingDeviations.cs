using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Autoencoder;

/// <summary>What lasts in the residuals of a series: moving means of the normalised residuals, of each metric for itself and apart from the others.</summary>
internal sealed class LastingDeviations
{
    private readonly double[][] _columns;
    private readonly double[][] _metrics;
    private readonly double[][] _alone;
    private double[][]? _apart;

    /// <param name="profile">Names the columns.</param>
    /// <param name="table">The rows.</param>
    /// <param name="reconstruction">What the network made of them.</param>
    /// <param name="ordinary">Centre and scale of every column.</param>
    public LastingDeviations(AutoencoderProfile profile, MetricTable table, Reconstruction reconstruction, IReadOnlyList<MetricResiduals> ordinary)
    {
        _columns = new double[profile.Metrics.Count][];
        for (var column = 0; column < _columns.Length; column++)
        {
            table.TryGetColumn(profile.Metrics[column], out var values);
            _columns[column] = new double[table.Rows];
            ResidualRule.Normalise(reconstruction, column, values, ordinary[column].Centre, ordinary[column].Scale, _columns[column]);
        }
        _alone = Array.ConvertAll(_columns, Means);
        _metrics = [.. _columns.Where((_, column) => profile.Metrics[column] != FeatureMatrix.Granularity)];
    }

    /// <summary>Of the column's own residual, one per row.</summary>
    public ReadOnlySpan<double> Alone(int column) => _alone[column];

    /// <summary>Of the column's residual less what all metrics have in common, one per row.</summary>
    public ReadOnlySpan<double> Apart(int column) => (_apart ??= MeansApart())[column];

    /// <summary>Only where it is asked for: many models have no limit for it. What is common is taken out of the columns themselves, once.</summary>
    private double[][] MeansApart()
    {
        ResidualRule.TakeCommonAway(_metrics);
        return Array.ConvertAll(_columns, Means);
    }

    private static double[] Means(double[] values)
    {
        var means = new double[values.Length];
        ResidualRule.MovingMean(values, means);
        return means;
    }
}
