using System.Runtime.CompilerServices;
using AiOutliers.Detection;

namespace AiOutliers.Druid.Files;

/// <summary>Splits the rows of a CSV file into their fields (RFC 4180); empty lines and comments are passed over.</summary>
/// <param name="stream">The file behind <paramref name="head"/>.</param>
/// <param name="head">The first rows, as far as they were read.</param>
/// <param name="dialect">How it is written.</param>
/// <param name="columns">Fields of every row.</param>
/// <param name="file">What messages call it.</param>
internal sealed class CsvSplitter(Stream stream, byte[] head, CsvDialect dialect, int columns, string file)
{
    public const int MostRowBytes = 16 << 20;

    private const int NotWhole = QuotedField.NotClosed;
    private const int MostRowsOfAChunk = 1 << 16;

    private readonly byte _separator = (byte)(dialect.Separator ?? ',');
    private readonly byte _newLine = dialect.NewLine;
    private byte[] _left = head;
    private int _leftLength = head.Length;
    private bool _isEnd;
    private long _row;

    /// <summary>Reads the next rows.</summary>
    /// <returns>False where there are no more.</returns>
    /// <exception cref="AiOutliersException">A row is not one of the table.</exception>
    public bool Read(CsvChunk chunk)
    {
        chunk.Begin(_left.AsSpan(0, _leftLength));
        for (var end = 0; ; chunk.Grow())
        {
            var read = stream.ReadAtLeast(chunk.Room, chunk.Room.Length, throwOnEndOfStream: false);
            _isEnd = read < chunk.Room.Length;
            chunk.Read(read);
            end = Split(chunk, end);
            if (chunk.Rows > 0 || _isEnd)
                return Keep(chunk.Text[end..], chunk.Rows);
            if (chunk.Text.Length - end > MostRowBytes)
                throw Wrong("is longer than 16 MB, or has a quote that is not closed");
        }
    }

    private bool Keep(ReadOnlySpan<byte> left, int rows)
    {
        if (left.Length > _left.Length)
            _left = new byte[left.Length * 2];
        left.CopyTo(_left);
        _leftLength = left.Length;
        return rows > 0;
    }

    /// <returns>Where the first row begins that is not whole.</returns>
    private int Split(CsvChunk chunk, int start)
    {
        var text = chunk.Text;
        while (start < text.Length && chunk.Rows < MostRowsOfAChunk && SplitRow(chunk, text, start) is var next and not NotWhole)
            start = next;
        return start;
    }

    /// <returns>Where the next row begins.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SplitRow(CsvChunk chunk, ReadOnlySpan<byte> text, int start)
    {
        for (var (field, at) = (0, start); ; field++)
        {
            var rest = text[at..];
            var length = rest is [QuotedField.Quote, ..] ? SplitQuoted(chunk, text, field, at) : rest.IndexOfAny(_separator, _newLine);
            if (length == NotWhole && !_isEnd)
                return NotWhole;
            if (length == NotWhole)
                length = rest.Length;
            var isLast = length == rest.Length || rest[length] == _newLine;
            if (rest is not [QuotedField.Quote, ..])
                chunk.Set(field, at, isLast && length > 0 && rest[length - 1] == '\r' ? length - 1 : length);
            at = Math.Min(at + length + 1, text.Length);
            if (!isLast)
                continue;
            EndRow(chunk, field + 1, text[start..at]);
            return at;
        }
    }

    /// <returns>The length up to the separator or the end of the line.</returns>
    private int SplitQuoted(CsvChunk chunk, ReadOnlySpan<byte> text, int field, int start)
    {
        var rest = text[start..];
        var end = QuotedField.End(rest, _isEnd);
        if (end == NotWhole)
            return _isEnd ? throw Wrong("has a quote that is not closed") : NotWhole;
        var inside = rest[1..end];
        if (inside.Contains(QuotedField.Quote))
            chunk.Set(field, QuotedField.Unquoted(inside));
        else
            chunk.Set(field, start + 1, inside.Length);
        var behind = rest[(end + 1)..].IndexOfAny(_separator, _newLine);
        if (behind < 0 && !_isEnd)
            return NotWhole;
        var length = end + 1 + (behind < 0 ? rest.Length - end - 1 : behind);
        return rest[(end + 1)..length].Trim(" \t\r"u8).IsEmpty ? length : throw Wrong("has text behind a closing quote");
    }

    private void EndRow(CsvChunk chunk, int fields, ReadOnlySpan<byte> row)
    {
        var isRow = fields == columns || fields == columns + 1 && row.TrimEnd("\r\n"u8) is [.., var last] && last == _separator;
        if (!isRow && (row[0] == '#' || row.Trim(" \t\r\n"u8).IsEmpty))
            return;
        if (!isRow)
        {
            throw Wrong($"has {Counted.Of(fields, "field")} and the header line {columns}, but CSV has as many fields in every row: "
                + $"'{FieldText.Shown(row.Trim(" \t\r\n"u8))}'");
        }
        _row++;
        chunk.EndRow();
    }

    private AiOutliersException Wrong(string what) => TableFileReader.Wrong($"row {_row + 1} of {file} {what}");
}
