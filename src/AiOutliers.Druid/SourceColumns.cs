namespace AiOutliers.Druid;

/// <summary>The columns of a data source, without its time.</summary>
/// <param name="Dimensions">What its rows can be grouped and filtered by.</param>
/// <param name="Metrics">What can be aggregated.</param>
public sealed record SourceColumns(IReadOnlyList<string> Dimensions, IReadOnlyList<string> Metrics)
{
    public bool Has(string name) => Dimensions.Contains(name) || Metrics.Contains(name);
}
