namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>
/// What normalisation by the batch (Ioffe, Szegedy 2015) sums over rows; in double precision, for a batch has thousands of them.
/// </summary>
internal static class BatchMoments
{
    /// <summary>Mean and variance (over n) of every column, in two passes.</summary>
    /// <param name="values">(rows, columns).</param>
    /// <param name="sums">Scratch, one per column.</param>
    /// <param name="mean">One per column, overwritten.</param>
    /// <param name="variance">One per column, overwritten.</param>
    public static void Of(ReadOnlySpan<float> values, Span<double> sums, Span<float> mean, Span<float> variance)
    {
        var columns = mean.Length;
        var rows = values.Length / columns;
        sums.Clear();
        for (var start = 0; start < values.Length; start += columns)
        {
            var row = values.Slice(start, columns);
            for (var c = 0; c < row.Length; c++)
                sums[c] += row[c];
        }
        for (var c = 0; c < columns; c++)
            mean[c] = (float)(sums[c] / rows);
        sums.Clear();
        for (var start = 0; start < values.Length; start += columns)
        {
            var row = values.Slice(start, columns);
            for (var c = 0; c < row.Length; c++)
                sums[c] += ((double)row[c] - mean[c]) * ((double)row[c] - mean[c]);
        }
        for (var c = 0; c < columns; c++)
            variance[c] = (float)(sums[c] / rows);
    }

    /// <summary>Σ dy and Σ dy·x̂ of every column, x̂ = (x − mean)·inverse.</summary>
    public static void GradientSums(
        ReadOnlySpan<float> values, ReadOnlySpan<float> gradient, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverse, Span<double> sums, Span<double> products)
    {
        var columns = mean.Length;
        sums.Clear();
        products.Clear();
        for (var start = 0; start < values.Length; start += columns)
        {
            ReadOnlySpan<float> x = values.Slice(start, columns), dy = gradient.Slice(start, columns);
            for (var c = 0; c < columns; c++)
            {
                sums[c] += dy[c];
                products[c] += dy[c] * (x[c] - mean[c]) * inverse[c];
            }
        }
    }
}
