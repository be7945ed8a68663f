namespace AiOutliers.Druid.Files;

/// <summary>The values of one column in a chunk of rows, where their reader has them; they go with the chunk.</summary>
internal readonly unsafe struct ColumnVector
{
    /// <summary>A text takes 16 bytes: its length; then, from byte 8 on, where it is. The database has short ones from byte 4 on.</summary>
    public const int TextBytes = 16;

    private const int MostInlined = 12;

    private readonly byte* _data;
    private readonly ulong* _validity;
    private readonly int _stride;

    private ColumnVector(void* data, ulong* validity, int stride, bool isText)
    {
        _data = (byte*)data;
        _validity = validity;
        _stride = stride;
        IsText = isText;
    }

    /// <summary>Whether it holds fields of a text file.</summary>
    public bool IsText { get; }

    /// <summary>Whether every row of a database's vector has a value.</summary>
    public bool AreAllThere => _validity is null;

    /// <summary>In the layout of DuckDB's C interface.</summary>
    /// <param name="data">The values.</param>
    /// <param name="validity">A bit for each row, 0 where it has no value; null where all have one.</param>
    public static ColumnVector OfDatabase(void* data, ulong* validity) => new(data, validity, TextBytes, isText: false);

    /// <summary>Fields of a text file: an empty one is not a value.</summary>
    /// <param name="data">The first row's.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    public static ColumnVector OfFields(void* data, int stride) => new(data, null, stride, isText: true);

    public bool IsNull(int row) => IsText
        ? *(int*)(_data + (long)row * _stride) == 0
        : _validity is not null && (_validity[row >> 6] >> (row & 63) & 1) == 0;

    public ReadOnlySpan<int> Int32s(int rows) => new(_data, rows);

    public ReadOnlySpan<long> Int64s(int rows) => new(_data, rows);

    public ReadOnlySpan<double> Doubles(int rows) => new(_data, rows);

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> Text(int row)
    {
        var text = _data + (long)row * _stride;
        var length = *(int*)text;
        return new(length <= MostInlined && !IsText ? text + 4 : *(byte**)(text + 8), length);
    }
}
