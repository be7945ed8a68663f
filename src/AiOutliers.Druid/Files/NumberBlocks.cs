using System.Runtime.CompilerServices;

namespace AiOutliers.Druid.Files;

/// <summary>The numbers of many series, each in blocks, of which each is twice as large as the one before it.</summary>
internal sealed unsafe class NumberBlocks
{
    /// <summary>With where the next one is, which stands in front of the numbers.</summary>
    private const int FirstBlock = 8;
    private const int LargestBlock = 256;

    private readonly RowMemory _memory = new();
    private BlockSeries[] _series = [];

    /// <summary>What they take.</summary>
    public long Bytes => _memory.Bytes;

    /// <summary>Makes room for so many series.</summary>
    public void Expect(int series)
    {
        if (series > _series.Length)
            Array.Resize(ref _series, series);
    }

    /// <param name="run">Where the series goes on.</param>
    /// <param name="series">The series.</param>
    /// <param name="number">Its next number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref OpenRun run, int series, long number)
    {
        if (run.Left == 0)
            Extend(ref run, ref _series[series]);
        *run.Place++ = number;
        run.Left--;
    }

    /// <summary>Writes what is known of a run's times behind its values.</summary>
    public void End(ref OpenRun run, int series)
    {
        Write(ref run, series, run.Start);
        Write(ref run, series, run.Step);
        Write(ref run, series, run.Rows);
    }

    public int LengthOf(int series, in OpenRun run) => _series[series].Before + _series[series].Size - run.Left;

    public void CopyTo(int series, in OpenRun run, Span<long> numbers)
    {
        var block = _series[series].First;
        var size = FirstBlock - 1;
        for (var left = LengthOf(series, run); left > 0; left -= size, size = Larger(size), block = (long*)block[-1])
        {
            size = Math.Min(size, left);
            new ReadOnlySpan<long>(block, size).CopyTo(numbers);
            numbers = numbers[size..];
        }
    }

    /// <summary>Gives all memory back, to be taken anew.</summary>
    public void Clear()
    {
        Array.Clear(_series);
        _memory.Clear();
    }

    private static int Larger(int size) => Math.Min(2 * size + 1, LargestBlock - 1);

    private void Extend(ref OpenRun run, ref BlockSeries own)
    {
        var size = own.Size == 0 ? FirstBlock - 1 : Larger(own.Size);
        var block = _memory.Take(1 + size) + 1;
        if (own.Size == 0)
            own.First = block;
        else
            own.Last[-1] = (long)block;
        own.Before += own.Size;
        own.Last = block;
        own.Size = size;
        run.Place = block;
        run.Left = size;
    }
}
