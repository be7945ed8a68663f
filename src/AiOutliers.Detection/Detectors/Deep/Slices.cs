using System.Numerics.Tensors;

namespace AiOutliers.Detection.Detectors.Deep;

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

    /// <summary>All of them.</summary>
    public int[] All()
    {
        var all = new int[Count];
        for (var slice = 0; slice < all.Length; slice++)
            all[slice] = slice;
        return all;
    }

    /// <summary>Those that hold at least one of the rows.</summary>
    /// <param name="rows">One per row.</param>
    public int[] Holding(ReadOnlySpan<bool> rows)
    {
        var holding = new List<int>();
        for (var slice = 0; slice < Count; slice++)
        {
            if (rows.Slice(Start(slice), Length).Contains(true))
                holding.Add(slice);
        }
        return [.. holding];
    }

    /// <summary>The rows of slices.</summary>
    /// <returns>One per row.</returns>
    public bool[] RowsOf(ReadOnlySpan<int> which)
    {
        var rows = new bool[Rows];
        foreach (var slice in which)
            rows.AsSpan(Start(slice), Length).Fill(true);
        return rows;
    }

    /// <summary>Copies the slices' rows side by side: (slices, length, width).</summary>
    public void Gather(ReadOnlySpan<float> matrix, int width, ReadOnlySpan<int> which, Span<float> slices)
    {
        for (var s = 0; s < which.Length; s++)
            matrix.Slice(Start(which[s]) * width, Length * width).CopyTo(slices[(s * Length * width)..]);
    }

    /// <summary>The mean of what the slices say of each row: (rows, width).</summary>
    /// <param name="slices">What they say: (slices, length, width).</param>
    /// <param name="width">Values per row.</param>
    /// <param name="which">The slices; every slice that holds one of the rows is among them.</param>
    /// <param name="rows">The rows to write, one per row; the others stay as they are.</param>
    /// <param name="matrix">Overwritten in those rows.</param>
    public void Average(ReadOnlySpan<float> slices, int width, ReadOnlySpan<int> which, ReadOnlySpan<bool> rows, Span<float> matrix)
    {
        Span<int> covering = Rows <= 1024 ? stackalloc int[Rows] : new int[Rows];
        covering.Clear();
        for (var s = 0; s < which.Length; s++)
        {
            var start = Start(which[s]);
            for (var row = start; row < start + Length; row++)
            {
                if (!rows[row])
                    continue;
                var target = matrix.Slice(row * width, width);
                var said = slices.Slice((s * Length + row - start) * width, width);
                if (covering[row]++ == 0)
                    said.CopyTo(target);
                else
                    TensorPrimitives.Add(target, said, target);
            }
        }
        for (var row = 0; row < Rows; row++)
        {
            var target = matrix.Slice(row * width, width);
            if (covering[row] > 1)
                TensorPrimitives.Divide(target, covering[row], target);
        }
    }
}
