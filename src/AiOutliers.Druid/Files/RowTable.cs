using System.Runtime.CompilerServices;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Files;

/// <summary>The rows of a series in columns, as they came, which become a table.</summary>
internal sealed class RowTable
{
    private readonly IReadOnlyList<string> _metrics;
    private readonly IReadOnlyDictionary<long, string> _texts;
    private readonly double[][] _columns;

    /// <summary>The <see cref="RowTime"/>s.</summary>
    private readonly long[] _times;

    /// <param name="rows">How many there are.</param>
    /// <param name="metrics">The columns, each name once.</param>
    /// <param name="texts">The text of each <see cref="RowTime"/> that has one.</param>
    /// <exception cref="Detection.AiOutliersException">One table does not take as many.</exception>
    public RowTable(int rows, IReadOnlyList<string> metrics, IReadOnlyDictionary<long, string> texts)
    {
        MetricTableBuilder.CheckSize(rows, metrics.Count);
        (_metrics, _texts) = (metrics, texts);
        _times = GC.AllocateUninitializedArray<long>(rows);
        _columns = [.. metrics.Select(_ => GC.AllocateUninitializedArray<double>(rows))];
    }

    /// <summary>Reads rows as <see cref="RowBlocks"/> writes them.</summary>
    /// <param name="numbers">Their values, with what is known of their times behind each run.</param>
    /// <param name="open">What is known of those of the last run.</param>
    /// <param name="at">The first of them here.</param>
    /// <param name="rows">How many there are.</param>
    public void Read(ReadOnlySpan<long> numbers, in OpenRun open, int at, int rows)
    {
        var row = at + rows - open.Rows;
        Fill(row, open.Start, open.Step, open.Rows, numbers[^(open.Rows * _columns.Length)..]);
        for (numbers = numbers[..^(open.Rows * _columns.Length)]; numbers.Length > 0;)
        {
            var (start, step, run) = (numbers[^3], numbers[^2], (int)numbers[^1]);
            numbers = numbers[..^3];
            row -= run;
            Fill(row, start, step, run, numbers[^(run * _columns.Length)..]);
            numbers = numbers[..^(run * _columns.Length)];
        }
    }

    /// <summary>By time; rows of one time in the order in which they came.</summary>
    public MetricTable Table()
    {
        for (var row = 1; row < _times.Length; row++)
        {
            if (RowTime.Milliseconds(_times[row]) < RowTime.Milliseconds(_times[row - 1]))
                return Sorted(isAscending: true);
        }
        return Of(_times, _columns);
    }

    /// <summary>Rows in any order, no two of one time; the table says whether they came in that of time.</summary>
    public MetricTable DistinctTable(bool cameAscending) => Sorted(cameAscending);

    /// <summary>The other way round, the table has to sort them again, and says so.</summary>
    private MetricTable Sorted(bool isAscending)
    {
        var milliseconds = Array.ConvertAll(_times, RowTime.Milliseconds);
        var order = Enumerable.Range(0, milliseconds.Length).ToArray();
        Array.Sort(order, (a, b) => milliseconds[a] != milliseconds[b] ? milliseconds[a].CompareTo(milliseconds[b]) : a.CompareTo(b));
        if (!isAscending)
            Array.Reverse(order);
        return Of(
            Array.ConvertAll(order, row => _times[row]),
            Array.ConvertAll(_columns, column => Array.ConvertAll(order, row => column[row])));
    }

    private MetricTable Of(long[] times, double[][] columns)
    {
        var timestamps = _texts.Count == 0
            ? null
            : Array.ConvertAll(times, time => RowTime.HasText(time) ? _texts[time] : null);
        for (var row = 0; row < times.Length; row++)
            times[row] = RowTime.Milliseconds(times[row]);
        return MetricColumns.Table(times, timestamps, _metrics, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(int at, long start, long step, int rows, ReadOnlySpan<long> numbers)
    {
        var times = _times.AsSpan(at, rows);
        for (var row = 0; row < times.Length; row++)
            times[row] = unchecked(start + step * row);
        for (var metric = 0; metric < _columns.Length; metric++)
        {
            var column = _columns[metric].AsSpan(at, rows);
            for (var (row, from) = (0, metric); row < column.Length; row++, from += _columns.Length)
                column[row] = BitConverter.Int64BitsToDouble(numbers[from]);
        }
    }
}
