namespace AiOutliers.Detection.Evaluation;

/// <summary>How well a score ranks the labelled rows above the others, row by row; NaN without a labelled row.</summary>
/// <param name="AveragePrecision">
/// AUC-PR as average precision: Σ (recall_j − recall_{j−1})·precision_j over the distinct scores, from the highest.
/// </param>
/// <param name="BestF1">
/// The best F1 of all thresholds: the highest 2·precision·recall/(precision + recall + 1e-5), as the published tables have it.
/// </param>
public readonly record struct PointAccuracy(double AveragePrecision, double BestF1)
{
    /// <summary>Keeps the published F1 from dividing by zero, and lowers it in the fifth digit.</summary>
    private const double Published = 1e-5;

    /// <param name="labels">One per row.</param>
    /// <param name="scores">One per row, finite; a row is predicted when its score is at least the threshold.</param>
    public static PointAccuracy Compute(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, labels.Length);
        var positives = labels.Count(true);
        if (positives == 0)
            return new(double.NaN, double.NaN);
        var (sorted, marks) = (scores.ToArray(), labels.ToArray());
        Array.Sort(sorted, marks);
        return Compute(sorted, marks, positives);
    }

    private static PointAccuracy Compute(ReadOnlySpan<double> sorted, ReadOnlySpan<bool> marks, int positives)
    {
        var (area, best, hits, before) = (0.0, 0.0, 0, 0);
        for (var row = sorted.Length - 1; row >= 0; row--)
        {
            hits += marks[row] ? 1 : 0;
            // Rows of the same score are predicted together.
            if (row > 0 && sorted[row - 1] == sorted[row])
                continue;
            var (precision, recall) = ((double)hits / (sorted.Length - row), (double)hits / positives);
            area += (double)(hits - before) / positives * precision;
            best = Math.Max(best, 2 * precision * recall / (precision + recall + Published));
            before = hits;
        }
        return new(area, best);
    }
}
