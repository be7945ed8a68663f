using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Evaluation;

/// <summary>A series of which is known which rows are anomalous.</summary>
/// <param name="File">Where it came from.</param>
/// <param name="Table">The rows, with the one metric <see cref="Metric"/>: no detector sees a label.</param>
/// <param name="Labels">One per row of the table.</param>
/// <param name="RowsPerDay">How many rows a day has; null where nobody knows, because the file has no timestamps.</param>
public sealed record LabelledSeries(LabelledFile File, MetricTable Table, bool[] Labels, double? RowsPerDay)
{
    public const string Metric = "value";

    public const double MillisecondsPerDay = 86_400_000;

    /// <summary>
    /// Up to where the data is complete. Times that we invented may lie in the future; null, of the file's own times, means now.
    /// </summary>
    public DateTimeOffset? CompleteUntil { get; init; }

    /// <summary>The time that the rows cover, in days; NaN where nobody knows.</summary>
    public double Days => RowsPerDay is { } rows ? Table.Rows / rows : double.NaN;
}
