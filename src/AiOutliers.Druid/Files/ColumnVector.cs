namespace AiOutliers.Druid.Files;

/// <summary>
/// The values of one column in a chunk of rows, where the database has them; they go with the chunk. The layout is that of DuckDB's C
/// interface.
/// </summary>
/// <param name="data">The values.</param>
/// <param name="validity">A bit for each row, 0 where it has no value; null where all have one.</param>
internal readonly unsafe struct ColumnVector(void* data, ulong* validity)
{
    /// <summary>Length, then up to 12 bytes, or four bytes and where the text is.</summary>
    private const int TextBytes = 16;
    private const int MostInlined = 12;

    public bool IsNull(int row) => validity is not null && (validity[row >> 6] >> (row & 63) & 1) == 0;

    public long Int64(int row) => ((long*)data)[row];

    public double Double(int row) => ((double*)data)[row];

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> Text(int row)
    {
        var text = (byte*)data + (long)row * TextBytes;
        var length = *(int*)text;
        return new(length <= MostInlined ? text + 4 : *(byte**)(text + 8), length);
    }
}
