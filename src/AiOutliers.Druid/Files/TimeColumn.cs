using System.Runtime.CompilerServices;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>The times of the rows of a table.</summary>
/// <param name="table">What its columns are.</param>
/// <param name="file">What messages call the file.</param>
/// <param name="options">What the content does not tell.</param>
/// <param name="clock">Whose times have no offset; null where they are in UTC.</param>
internal sealed class TimeColumn(TableScan table, string file, InputOptions options, LocalTimes? clock)
{
    private const long MicrosecondsPerMillisecond = 1000;

    private readonly TimeTexts _texts = new(table.Time.Name, file, options, clock);
    private long[] _times = [];

    /// <summary>The text of each <see cref="RowTime"/> that has one.</summary>
    public IReadOnlyDictionary<long, string> Texts => _texts.Texts;

    /// <summary>The <see cref="RowTime"/> of each row of a chunk.</summary>
    /// <param name="columns">The chunk.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="before">The rows before it.</param>
    /// <exception cref="Detection.AiOutliersException">A text is not a time.</exception>
    public ReadOnlySpan<long> Read(ColumnVector[] columns, int rows, long before)
    {
        if (_times.Length < rows)
            _times = new long[rows];
        var times = _times.AsSpan(0, rows);
        if (table.Clock is { } clockColumn)
            ReadDates(columns[table.Time.Column], columns[clockColumn.Column], times, before);
        else if (table.Times == TimeForm.Text)
            ReadTexts(columns[table.Time.Column], times, before);
        else
            ReadNumbers(columns[table.Time.Column], times);
        return times;
    }

    /// <summary>Neighbours often have one time. On a clock that is put back they may be of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadTexts(ColumnVector column, Span<long> times, long before)
    {
        ReadOnlySpan<byte> last = default;
        for (var row = 0; row < times.Length; row++)
        {
            if (column.IsNull(row))
            {
                times[row] = RowTime.None;
                last = default;
                continue;
            }
            var text = column.Text(row);
            times[row] = !last.IsEmpty && clock is null && text.SequenceEqual(last) ? times[row - 1] : _texts.Of(text, before + row + 1);
            last = text;
        }
    }

    /// <summary>The date of one column and the time of day of another, with a blank between them.</summary>
    private void ReadDates(ColumnVector dates, ColumnVector clocks, Span<long> times, long before)
    {
        for (var row = 0; row < times.Length; row++)
        {
            byte[] text = dates.IsNull(row) ? [] : [.. dates.Text(row), (byte)' ', .. clocks.IsNull(row) ? default : clocks.Text(row)];
            times[row] = text.Length == 0 ? RowTime.None : _texts.Of(text, before + row + 1);
        }
    }

    /// <summary>Neighbours often have one time; a clock counts each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadNumbers(ColumnVector column, Span<long> times)
    {
        var numbers = column.Int64s(times.Length);
        var (last, time) = (long.MinValue, RowTime.None);
        for (var row = 0; row < times.Length; row++)
        {
            if (!column.AreAllThere && column.IsNull(row))
            {
                times[row] = RowTime.None;
                continue;
            }
            if (numbers[row] != last || clock is not null)
                (last, time) = (numbers[row], OfNumber(numbers[row]));
            times[row] = time;
        }
    }

    private long OfNumber(long microseconds)
    {
        // The database has infinite times at the ends of the range.
        if (microseconds is long.MaxValue or -long.MaxValue)
            return RowTime.None;
        var time = Math.DivRem(microseconds, MicrosecondsPerMillisecond, out var rest) - (rest < 0 ? 1 : 0);
        return RowTime.Of(clock is not null && table.Times == TimeForm.Local ? clock.ToInstant(time) : time);
    }
}
