namespace AiOutliers.Detection.Detectors.Autoencoder;

/// <summary>
/// Where the slices of a series start: every <c>step</c> rows, and one more that ends with the last row where the others do not.
/// </summary>
internal readonly record struct Slices
{
    private readonly int _regular;

    /// <param name="rows">Rows of the series, at least <paramref name="length"/>.</param>
    /// <param name="length">Rows per slice.</param>
    /// <param name="step">Rows from start to start.</param>
    public Slices(int rows, int length, int step)
    {
        (Rows, Length, Step) = (rows, length, step);
        _regular = (rows - length) / step + 1;
        Count = _regular + ((rows - length) % step > 0 ? 1 : 0);
    }

    public int Rows { get; }

    public int Length { get; }

    public int Step { get; }

    public int Count { get; }

    public int Start(int slice) => slice < _regular ? slice * Step : Rows - Length;

    /// <summary>Copies the slices' rows side by side: (slices, length, width).</summary>
    public void Gather(ReadOnlySpan<float> matrix, int width, Span<float> slices)
    {
        for (var s = 0; s < Count; s++)
            matrix.Slice(Start(s) * width, Length * width).CopyTo(slices[(s * Length * width)..]);
    }

    /// <summary>The mean of what the slices say of each row: (rows, width).</summary>
    public void Average(ReadOnlySpan<float> slices, int width, Span<float> matrix)
    {
        matrix.Clear();
        Span<int> covering = Rows <= 1024 ? stackalloc int[Rows] : new int[Rows];
        covering.Clear();
        for (var s = 0; s < Count; s++)
        {
            var start = Start(s);
            var target = matrix.Slice(start * width, Length * width);
            System.Numerics.Tensors.TensorPrimitives.Add(target, slices.Slice(s * Length * width, Length * width), target);
            for (var row = start; row < start + Length; row++)
                covering[row]++;
        }
        for (var row = 0; row < Rows; row++)
        {
            var target = matrix.Slice(row * width, width);
            System.Numerics.Tensors.TensorPrimitives.Divide(target, covering[row], target);
        }
    }
}
