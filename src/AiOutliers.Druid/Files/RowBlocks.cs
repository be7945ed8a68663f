using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AiOutliers.Druid.Files;

/// <summary>
/// The rows of many series, as many as a disk holds. Rows of a series whose times have the same distance are a run: their values, then the
/// first time, the distance and how many they are. When they take more than a bound of memory, all of them go to a temporary file, series
/// by series. So a series is read in as few pieces as the bound was reached.
/// </summary>
/// <param name="metrics">How many values a row has.</param>
/// <param name="memory">The bound, in bytes; it is looked at before rows are added.</param>
internal sealed class RowBlocks(int metrics, long memory)
{
    private readonly NumberBlocks _numbers = new();
    private OpenRun[] _runs = [];

    /// <summary>The rows of each series, without those of its open run.</summary>
    private int[] _closed = [];
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
        if (_numbers.Bytes > memory)
            Spill();
        Expect(Series + times.Length);
        for (var row = 0; row < times.Length; row++)
        {
            OpenRun.Prefetch(_runs, series, row);
            if (times[row] != RowTime.None)
                Add(ref _runs[series[row]], series[row], times[row], values.Slice(row * metrics, metrics));
        }
        Count = checked(Count + times.Length - times.Count(RowTime.None));
        Series = Count == 0 || times.IsEmpty ? Series : Math.Max(Series, 1 + TensorPrimitives.Max(series));
    }

    /// <summary>How many rows a series has.</summary>
    public int RowsOf(int series) => _closed[series] + _runs[series].Rows;

    /// <summary>Puts the rows of a series into a table, in the order in which they came. Several threads may do so at once.</summary>
    /// <param name="series">The series.</param>
    /// <param name="table">The table.</param>
    /// <param name="at">Where the first row goes there.</param>
    public void Read(int series, RowTable table, int at)
    {
        var stored = _file?.LengthOf(series) ?? 0;
        var length = stored + _numbers.LengthOf(series, _runs[series]);
        var numbers = ArrayPool<long>.Shared.Rent(length);
        _file?.Read(series, numbers.AsSpan(0, stored));
        _numbers.CopyTo(series, _runs[series], numbers.AsSpan(stored));
        table.Read(numbers.AsSpan(0, length), _runs[series], at, RowsOf(series));
        ArrayPool<long>.Shared.Return(numbers);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref OpenRun run, int series, long time, ReadOnlySpan<double> values)
    {
        if (time != run.Next)
            Turn(ref run, series, time);
        run.Next = unchecked(run.Next + run.Step);
        run.Rows++;
        foreach (var value in values)
            _numbers.Write(ref run, series, BitConverter.DoubleToInt64Bits(value));
    }

    private void Expect(int series)
    {
        if (series <= _runs.Length)
            return;
        Array.Resize(ref _runs, Math.Max(series, 2 * _runs.Length));
        Array.Resize(ref _closed, _runs.Length);
        _numbers.Expect(_runs.Length);
    }

    /// <summary>A row has another time than its run expects.</summary>
    private void Turn(ref OpenRun run, int series, long time)
    {
        if (run.TryTurn(time))
            return;
        Close(ref run, series);
        run.Begin(time);
    }

    private void Close(ref OpenRun run, int series)
    {
        if (run.Rows == 0)
            return;
        _numbers.End(ref run, series);
        _closed[series] += run.Rows;
        run.Rows = 0;
    }

    private void Spill()
    {
        _file ??= new();
        for (var series = 0; series < Series; series++)
        {
            ref var run = ref _runs[series];
            Close(ref run, series);
            var length = _numbers.LengthOf(series, run);
            var numbers = ArrayPool<long>.Shared.Rent(length);
            _numbers.CopyTo(series, run, numbers);
            _file.Write(numbers.AsSpan(0, length));
            ArrayPool<long>.Shared.Return(numbers);
            run.Left = 0;
        }
        _file.End();
        _numbers.Clear();
    }
}
