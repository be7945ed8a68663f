using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Series;

/// <summary>
/// A table's rows in blocks that are used again. Times at one distance take nothing, and a column of numbers that single precision holds
/// exactly, as counts are, takes half.
/// </summary>
public sealed class PackedTable
{
    private readonly List<byte[]> _blocks = [];
    private readonly int _rows;
    private readonly long _firstTime, _step;
    private readonly bool _isRegular;
    private readonly string[] _metrics;
    private readonly bool[] _isSingle;
    private readonly string?[]? _texts;
    private readonly IReadOnlyList<string> _warnings;
    private readonly Coverage _coverage;

    /// <param name="table">The rows; they are copied.</param>
    /// <param name="blocks">Where they go.</param>
    public PackedTable(MetricTable table, TableBlocks blocks)
    {
        var times = table.Times;
        _rows = times.Length;
        _firstTime = _rows > 0 ? times[0] : 0;
        _step = _rows > 1 ? times[1] - times[0] : 0;
        _isRegular = IsRegular(times);
        _metrics = [.. table.Metrics];
        _isSingle = new bool[_metrics.Length];
        _texts = table.OwnTimestamps(..);
        (_warnings, _coverage) = (table.Warnings, table.Coverage);
        var writer = new BlockWriter(blocks, _blocks);
        if (!_isRegular)
            writer.Write(MemoryMarshal.AsBytes(times));
        for (var i = 0; i < _metrics.Length; i++)
        {
            var column = table.Column(_metrics[i]);
            _isSingle[i] = IsSingle(column);
            if (_isSingle[i])
                writer.WriteSingles(column);
            else
                writer.Write(MemoryMarshal.AsBytes(column));
        }
        Bytes = table.TextBytes + (long)_blocks.Count * TableBlocks.Size;
    }

    /// <summary>What it takes in memory, about.</summary>
    public long Bytes { get; }

    /// <summary>The rows, copied.</summary>
    public MetricTable Unpack()
    {
        var reader = new BlockReader(_blocks);
        var times = new long[_rows];
        if (_isRegular)
            FillRegular(times);
        else
            reader.Read(MemoryMarshal.AsBytes(times.AsSpan()));
        var columns = new double[_metrics.Length][];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = GC.AllocateUninitializedArray<double>(_rows);
            if (_isSingle[i])
                reader.ReadSingles(columns[i]);
            else
                reader.Read(MemoryMarshal.AsBytes(columns[i].AsSpan()));
        }
        return new MetricTable(times, _texts, _metrics, columns, _warnings).Covering(_coverage);
    }

    /// <summary>Gives the blocks back. The rows are gone.</summary>
    public void Free(TableBlocks blocks) => blocks.GiveBack(_blocks);

    private void FillRegular(long[] times)
    {
        for (var i = 0; i < times.Length; i++)
            times[i] = _firstTime + i * _step;
    }

    private static bool IsRegular(ReadOnlySpan<long> times)
    {
        for (var i = 2; i < times.Length; i++)
        {
            if (times[i] - times[i - 1] != times[1] - times[0])
                return false;
        }
        return true;
    }

    private static bool IsSingle(ReadOnlySpan<double> column)
    {
        foreach (var value in column)
        {
            if ((float)value != value && !double.IsNaN(value))
                return false;
        }
        return true;
    }
}
