using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiOutliers.Druid.Files;

/// <summary>
/// The rows of many series, as many as a disk holds. The rows of a series stand in blocks, each twice as large as the one before it; when
/// they take more than a bound of memory, all of them go to a temporary file, series by series, and the blocks begin anew. So a series is
/// read in as few pieces as the bound was reached.
/// </summary>
/// <param name="metrics">How many values a row has.</param>
/// <param name="memory">The bound, in bytes.</param>
internal sealed class RowBlocks(int metrics, long memory)
{
    private const int LargestBlock = 256;
    private const int FirstRows = 4;

    private readonly RowMemory _memory = new();
    private readonly int _width = 1 + metrics;
    private readonly int _largest = Math.Max(1, LargestBlock / (1 + metrics));
    private BlockSeries[] _series = new BlockSeries[64];
    private RowFile? _file;

    /// <summary>How many series there are.</summary>
    public int Series { get; private set; }

    public int Count { get; private set; }

    /// <summary>Adds the rows that have a time.</summary>
    /// <param name="series">The series of each row, at most the one after the last.</param>
    /// <param name="times">Its <see cref="RowTime"/>.</param>
    /// <param name="values">Its values, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<int> series, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var bits = MemoryMarshal.Cast<double, long>(values);
        for (var (row, from) = (0, 0); row < times.Length; row++, from += _width - 1)
        {
            if (times[row] == RowTime.None)
                continue;
            var place = Place(series[row]);
            place[0] = times[row];
            for (var metric = 1; metric < place.Length; metric++)
                place[metric] = bits[from + metric - 1];
        }
    }

    public int RowsOf(int series) => (_file?.LengthOf(series) ?? 0) / _width + (series < Series ? _series[series].Rows : 0);

    /// <summary>Copies the rows of a series in the order in which they came. Several threads may copy at once.</summary>
    public int Copy(int series, Span<long> rows)
    {
        var at = _file?.Read(series, rows) ?? 0;
        foreach (var block in Blocks(series))
        {
            _memory.Part(block.At, block.Length).CopyTo(rows[at..]);
            at += block.Length;
        }
        return at;
    }

    /// <summary>Where the next row of a series goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<long> Place(int series)
    {
        if (series == Series)
            Series++;
        if (series == _series.Length)
            Array.Resize(ref _series, series * 2);
        if (_series[series].Left == 0)
            Extend(series);
        ref var own = ref _series[series];
        var place = own.Piece.AsSpan(own.Next, _width);
        own.Next += _width;
        own.Left--;
        own.Rows++;
        Count = checked(Count + 1);
        return place;
    }

    /// <summary>Where the blocks of a series are in memory, as far as they have rows.</summary>
    private IEnumerable<(long At, int Length)> Blocks(int series)
    {
        var (left, at, size) = (_series[series].Rows, _series[series].First, FirstRows);
        for (; left > 0; left -= size, size = Larger(size), at = _memory.Part(at - 1, 1)[0])
        {
            size = Math.Min(size, _largest);
            yield return (at, Math.Min(left, size) * _width);
        }
    }

    private int Larger(int size) => Math.Min(size * 2, _largest);

    /// <summary>Makes a new block for a series. In front of a block stands where the next one is.</summary>
    private void Extend(int series)
    {
        if (_memory.Length * sizeof(long) > memory)
            Spill();
        ref var own = ref _series[series];
        var rows = own.Rows == 0 ? Math.Min(FirstRows, _largest) : Larger(own.Size);
        var block = _memory.Take(1 + rows * _width) + 1;
        if (own.Rows > 0)
            _memory.Part(own.Block - 1, 1)[0] = block;
        own.Begin(block, _memory.At(block), rows);
    }

    private void Spill()
    {
        _file ??= new();
        for (var series = 0; series < Series; series++)
        {
            _file.Begin(series);
            foreach (var block in Blocks(series))
                _file.Write(_memory.Part(block.At, block.Length));
            _series[series] = default;
        }
        _file.End();
        _memory.Clear();
    }
}
