using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Training;

/// <summary>A query for training data, and what of its rows is wanted in words.</summary>
/// <param name="Granularity">The bucket, as a period.</param>
/// <param name="From">The first bucket's start.</param>
/// <param name="To">The last bucket's end.</param>
/// <param name="Query">The traffic query.</param>
public sealed record TrainingQuery(string Granularity, DateTimeOffset From, DateTimeOffset To, DruidQuery Query)
{
    /// <summary>The model learns every so many slices of it.</summary>
    public int Every { get; init; } = 1;
}
