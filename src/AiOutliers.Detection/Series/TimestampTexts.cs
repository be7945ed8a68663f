using System.Collections;
using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Series;

/// <summary>
/// The timestamps of a table's rows. Nearly all are the canonical text of their time: such a row keeps none, and its text is made when
/// asked for.
/// </summary>
/// <param name="times">Milliseconds since 1970, row for row.</param>
/// <param name="texts">The text of each row that has another form, null for the rest; null where no row has.</param>
internal sealed class TimestampTexts(ReadOnlyMemory<long> times, ReadOnlyMemory<string?>? texts) : IReadOnlyList<string>
{
    public int Count => times.Length;

    public string this[int row] => Own(row) ?? CanonicalTimestamp.Of(times.Span[row]);

    /// <summary>What the texts take in memory, about: their characters, and what every string and reference takes.</summary>
    public long Bytes =>
        texts is { } own ? MemoryMarshal.ToEnumerable(own).Sum(static text => 8 + (text is null ? 0 : 24 + 2L * text.Length)) : 0;

    /// <summary>The row's text where it is not the canonical one.</summary>
    public string? Own(int row) => texts is { } own ? own.Span[row] : null;

    /// <summary>The same of some rows.</summary>
    public string?[]? Own(Range rows) => texts is { } own ? own[rows].ToArray() : null;

    /// <summary>Some of the rows; copies nothing.</summary>
    public TimestampTexts Part(int start, int rows) => new(times.Slice(start, rows), texts?.Slice(start, rows));

    public IEnumerator<string> GetEnumerator()
    {
        for (var row = 0; row < times.Length; row++)
            yield return this[row];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
