using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AiOutliers.Druid.Files;

/// <summary>The last rows of a series, as far as their times have the same distance.</summary>
internal unsafe struct OpenRun
{
    private const int RowsAhead = 12;

    /// <summary>The time of the next row, if it keeps the distance.</summary>
    public long Next;

    /// <summary>The distance.</summary>
    public long Step;

    /// <summary>Where the next number of the series goes …</summary>
    public long* Place;

    /// <summary>… and how many more go there.</summary>
    public int Left;

    public int Rows;

    /// <summary>The time of the first row.</summary>
    public readonly long Start => unchecked(Next - Step * Rows);

    /// <summary>Takes the time of a second row, which tells the distance; false where it is not the second.</summary>
    public bool TryTurn(long time)
    {
        if (Rows != 1)
            return false;
        (Step, Next) = (unchecked(time - Start), time);
        return true;
    }

    /// <summary>Begins anew.</summary>
    public void Begin(long first) => (Next, Step, Rows) = (first, 0, 0);

    /// <summary>Neighbouring rows are mostly of other series: what the next rows write to is fetched while this one is written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(OpenRun[] runs, ReadOnlySpan<int> series, int row)
    {
        if (!Sse.IsSupported || row + 2 * RowsAhead >= series.Length)
            return;
        Sse.Prefetch0(Unsafe.AsPointer(ref runs[series[row + 2 * RowsAhead]]));
        Sse.Prefetch0(runs[series[row + RowsAhead]].Place);
    }
}
