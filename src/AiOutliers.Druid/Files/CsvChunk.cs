using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiOutliers.Druid.Files;

/// <summary>A piece of a CSV file: its bytes, and where the fields of its rows are in them.</summary>
/// <param name="columns">Fields of a row.</param>
internal sealed unsafe class CsvChunk(int columns)
{
    private const int FirstBytes = 1 << 17;

    private const int FirstFieldBytes = 1 << 16;

    /// <summary>One more: the empty field behind a last separator.</summary>
    private readonly int _stride = (columns + 1) * ColumnVector.TextBytes;
    private readonly List<byte[]> _own = [];
    private byte[] _bytes = Pinned(FirstBytes);
    private byte[] _fields = [];
    private int _length;

    /// <summary>Whole rows.</summary>
    public int Rows { get; private set; }

    /// <summary>What was read.</summary>
    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    /// <summary>What may still be read.</summary>
    public Span<byte> Room => _bytes.AsSpan(_length);

    public ColumnVector Column(int column) => ColumnVector.OfFields(Address(_fields) + column * ColumnVector.TextBytes, _stride);

    /// <summary>Begins anew, with what the last chunk left.</summary>
    public void Begin(ReadOnlySpan<byte> left)
    {
        (Rows, _length) = (0, 0);
        _own.Clear();
        while (left.Length >= _bytes.Length)
            Grow();
        left.CopyTo(_bytes);
        _length = left.Length;
    }

    /// <summary>So many bytes were read into the room.</summary>
    public void Read(int count) => _length += count;

    /// <summary>Makes twice the room; there are no rows yet.</summary>
    public void Grow()
    {
        var larger = Pinned(_bytes.Length * 2);
        Text.CopyTo(larger);
        _bytes = larger;
    }

    /// <summary>Sets a field of the row that is being read.</summary>
    public void Set(int column, int start, int length)
    {
        if (column > columns)
            return;
        if (column == 0 && (Rows + 1) * _stride > _fields.Length)
            GrowFields();
        Put(column, Address(_bytes) + start, length);
    }

    /// <summary>The same of a field that does not stand in the file like this.</summary>
    public void Set(int column, byte[] text)
    {
        var own = Pinned(text.Length);
        text.CopyTo(own, 0);
        _own.Add(own);
        Set(column, 0, 0);
        if (column <= columns)
            Put(column, Address(own), own.Length);
    }

    /// <summary>The row is whole.</summary>
    public void EndRow() => Rows++;

    private void Put(int column, byte* text, int length)
    {
        var field = Address(_fields) + Rows * _stride + column * ColumnVector.TextBytes;
        *(int*)field = length;
        *(byte**)(field + 8) = text;
    }

    private void GrowFields()
    {
        var larger = Pinned(Math.Max(_fields.Length * 2, Math.Max(_stride, FirstFieldBytes)));
        _fields.CopyTo(larger, 0);
        _fields = larger;
    }

    private static byte* Address(byte[] pinned) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    private static byte[] Pinned(int length) => GC.AllocateUninitializedArray<byte>(length, pinned: true);
}
