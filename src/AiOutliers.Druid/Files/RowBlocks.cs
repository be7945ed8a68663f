using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Files;

/// <summary>
/// The rows of many series, as many as a disk holds. The rows of a series stand in blocks, each twice as large as the one before it; when
/// they take more than a bound of memory, all of them go to a temporary file, series by series, and the blocks begin anew. So a series is
/// read in as few pieces as the bound was reached.
/// </summary>
internal sealed class RowBlocks : ISeriesRows
{
    private const long MostMemory = 512L << 20;
    private const int ChunkBits = 17;
    private const int ChunkLength = 1 << ChunkBits;
    private const int LargestBlock = 1024;
    private const int FirstRows = 4;

    private readonly List<long[]> _chunks = [];
    private readonly int _width;
    private readonly int _largest;
    private readonly long _most;
    private BlockSeries[] _series = new BlockSeries[64];
    private RowFile? _file;
    private long _end;

    /// <param name="metrics">The columns.</param>
    /// <param name="memory">The bound, in bytes; null takes 512 MB, and at most a quarter of what there is.</param>
    /// <exception cref="Detection.AiOutliersException">There are too many columns.</exception>
    public RowBlocks(IReadOnlyList<string> metrics, long? memory = null)
    {
        Metrics = RowTable.Names(metrics);
        _width = 1 + Metrics.Count;
        _largest = Math.Max(1, LargestBlock / _width);
        _most = (memory ?? Math.Min(MostMemory, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4)) / sizeof(long);
    }

    public IReadOnlyList<string> Metrics { get; }

    /// <summary>How many series there are.</summary>
    public int Series { get; private set; }

    public int Count { get; private set; }

    public long Bytes => (long)Count * _width * sizeof(long);

    /// <summary>The text of each <see cref="RowTime"/> that has one; null where none has.</summary>
    public IReadOnlyDictionary<long, string>? Texts { get; set; }

    /// <summary>Whether each row came later than the one before it.</summary>
    private bool IsAscending { get; set; } = true;

    private long LastTime { get; set; } = long.MinValue;

    /// <summary>Adds the rows that have a time.</summary>
    /// <param name="series">The series of each row.</param>
    /// <param name="times">Its <see cref="RowTime"/>.</param>
    /// <param name="values">Its values, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<int> series, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var width = Metrics.Count;
        for (var row = 0; row < times.Length; row++)
        {
            if (times[row] != RowTime.None)
                Add(series[row], times[row], values.Slice(row * width, width));
        }
    }

    /// <param name="series">The series, at most the one after the last.</param>
    /// <param name="time">A <see cref="RowTime"/>.</param>
    /// <param name="values">A value for each column.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int series, long time, ReadOnlySpan<double> values)
    {
        if (series == Series)
            Series++;
        if (series == _series.Length)
            Array.Resize(ref _series, series * 2);
        if (_series[series].Left == 0)
            Extend(series);
        ref var own = ref _series[series];
        var row = Part(own.Next, _width);
        row[0] = time;
        MemoryMarshal.Cast<double, long>(values).CopyTo(row[1..]);
        own.Next += _width;
        own.Left--;
        own.Rows++;
        Count = checked(Count + 1);
        IsAscending &= time > LastTime;
        LastTime = time;
    }

    public MetricTable Table(int series)
    {
        var rows = RowTable.Room(RowsOf(series), Metrics);
        Copy(series, rows);
        return RowTable.Of(rows, Metrics, Texts);
    }

    /// <summary>All rows as one series, whichever they are of; no two have one time.</summary>
    public MetricTable Single()
    {
        var rows = RowTable.Room(Count, Metrics);
        for (var (series, at) = (0, 0); series < Series; series++)
            at += Copy(series, rows.AsSpan(at));
        return RowTable.OfDistinct(rows, Metrics, Texts, IsAscending);
    }

    private int RowsOf(int series) => (_file?.LengthOf(series) ?? 0) / _width + _series[series].Rows;

    /// <summary>Copies the rows of a series in the order in which they came.</summary>
    private int Copy(int series, Span<long> rows)
    {
        var at = _file?.Read(series, rows) ?? 0;
        foreach (var block in Blocks(series))
        {
            Part(block.At, block.Length).CopyTo(rows[at..]);
            at += block.Length;
        }
        return at;
    }

    /// <summary>Where the blocks of a series are in memory, as far as they have rows.</summary>
    private IEnumerable<(long At, int Length)> Blocks(int series)
    {
        var (left, at, size) = (_series[series].Rows, _series[series].First, FirstRows);
        for (; left > 0; left -= size, size = Larger(size), at = Part(at - 1, 1)[0])
        {
            size = Math.Min(size, _largest);
            yield return (at, Math.Min(left, size) * _width);
        }
    }

    private int Larger(int size) => Math.Min(size * 2, _largest);

    private Span<long> Part(long at, int length) => _chunks[(int)(at >> ChunkBits)].AsSpan((int)(at & (ChunkLength - 1)), length);

    /// <summary>Makes a new block for a series. In front of a block stands where the next one is.</summary>
    private void Extend(int series)
    {
        if (_end > _most)
            Spill();
        ref var own = ref _series[series];
        var rows = own.Rows == 0 ? Math.Min(FirstRows, _largest) : Larger(own.Size);
        var length = 1 + rows * _width;
        if ((_end & (ChunkLength - 1)) + length > ChunkLength)
            _end = (_end | (ChunkLength - 1)) + 1;
        if (_end >> ChunkBits == _chunks.Count)
            _chunks.Add(GC.AllocateUninitializedArray<long>(ChunkLength));
        if (own.Rows == 0)
            own.First = _end + 1;
        else
            Part(own.Block - 1, 1)[0] = _end + 1;
        (own.Block, own.Next, own.Left, own.Size) = (_end + 1, _end + 1, rows, rows);
        _end += length;
    }

    private void Spill()
    {
        _file ??= new();
        for (var series = 0; series < Series; series++)
        {
            _file.Begin(series);
            foreach (var block in Blocks(series))
                _file.Write(Part(block.At, block.Length));
            _series[series] = default;
        }
        _file.End();
        _end = 0;
    }
}
