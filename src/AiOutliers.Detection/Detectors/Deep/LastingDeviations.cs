using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// What lasts in the residuals of a series: moving means of the normalised residuals, of each metric for itself and apart from the
/// others.
/// </summary>
internal sealed class LastingDeviations
{
    private readonly string[] _metrics;
    private readonly LastingDeviation[] _alone;
    private LastingDeviation[]? _apart;

    /// <param name="profile">Names the columns.</param>
    /// <param name="table">The rows.</param>
    /// <param name="reconstruction">What the network made of them.</param>
    /// <param name="ordinary">Centre and scale of every column.</param>
    /// <param name="odd">Rows that are odd by themselves: they count as 0, for a short event is not a lasting one. Empty for none.</param>
    public LastingDeviations(
        AutoencoderProfile profile, MetricTable table, Reconstruction reconstruction,
        IReadOnlyList<MetricResiduals> ordinary, ReadOnlySpan<bool> odd)
    {
        _metrics = [.. profile.Metrics];
        _alone = new LastingDeviation[_metrics.Length];
        for (var column = 0; column < _alone.Length; column++)
        {
            table.TryGetColumn(_metrics[column], out var values);
            var residuals = new double[table.Rows];
            ResidualRule.Normalise(reconstruction, column, values, ordinary[column].Centre, ordinary[column].Scale, residuals);
            for (var row = 0; row < odd.Length; row++)
                residuals[row] = odd[row] ? 0 : residuals[row];
            _alone[column] = LastingDeviation.Of(residuals);
        }
    }

    /// <summary>Of the column's own residual.</summary>
    public LastingDeviation Alone(int column) => _alone[column];

    /// <summary>Of the column's residual less what all metrics have in common.</summary>
    public LastingDeviation Apart(int column) => (_apart ??= AllApart())[column];

    /// <summary>
    /// Only where it is asked for: many models have no limit for it. Granularity is not a metric of the traffic and does not count for what
    /// is common.
    /// </summary>
    private LastingDeviation[] AllApart()
    {
        var residuals = Array.ConvertAll(_alone, static column => column.Residuals.ToArray());
        ResidualRule.TakeCommonAway(residuals.Where((_, column) => _metrics[column] != FeatureMatrix.Granularity).ToArray());
        return Array.ConvertAll(residuals, LastingDeviation.Of);
    }
}
