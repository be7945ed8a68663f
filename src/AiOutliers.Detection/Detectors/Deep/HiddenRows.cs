namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>Takes the metrics of some rows out of what a network sees.</summary>
internal static class HiddenRows
{
    /// <summary>
    /// In place: the metrics of the hidden rows lie on the line from the last row before them to the first after them, at the ends on
    /// that one row's values. The step between rows and the calendar are known and stay. When every row is hidden nothing changes.
    /// </summary>
    /// <param name="matrix">(rows, columns), row-major, rescaled.</param>
    /// <param name="columns">Columns; the metrics come first.</param>
    /// <param name="metrics">Their names.</param>
    /// <param name="hidden">One per row.</param>
    public static void Bridge(Span<float> matrix, int columns, IReadOnlyList<string> metrics, ReadOnlySpan<bool> hidden)
    {
        for (var row = 0; row < hidden.Length; row++)
        {
            if (!hidden[row])
                continue;
            var before = row - 1;
            var after = hidden[row..].IndexOf(false) is var known and >= 0 ? row + known : -1;
            var end = after < 0 ? hidden.Length : after;
            for (var column = 0; column < metrics.Count && (before >= 0 || after >= 0); column++)
            {
                if (metrics[column] != FeatureMatrix.Granularity)
                    Bridge(matrix, columns, column, before, after, end);
            }
            row = end;
        }
    }

    private static void Bridge(Span<float> matrix, int columns, int column, int before, int after, int end)
    {
        var left = matrix[(before >= 0 ? before : after) * columns + column];
        var right = matrix[(after >= 0 ? after : before) * columns + column];
        for (var row = before + 1; row < end; row++)
            matrix[row * columns + column] = left + (right - left) * (row - before) / (end - before);
    }
}
