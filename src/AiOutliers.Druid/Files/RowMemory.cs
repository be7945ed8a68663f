using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiOutliers.Druid.Files;

/// <summary>Memory that grows by pieces and is never moved. Nothing that is taken lies in two pieces.</summary>
internal sealed unsafe class RowMemory
{
    private const int PieceLength = 1 << 17;

    private readonly List<long[]> _pieces = [];
    private int _piece = -1;
    private int _taken = PieceLength;

    /// <summary>How much is taken, in bytes.</summary>
    public long Bytes => ((long)_piece * PieceLength + _taken) * sizeof(long);

    /// <param name="length">At most a piece.</param>
    public long* Take(int length)
    {
        if (_taken + length > PieceLength)
        {
            (_piece, _taken) = (_piece + 1, 0);
            if (_piece == _pieces.Count)
                _pieces.Add(GC.AllocateUninitializedArray<long>(PieceLength, pinned: true));
        }
        var start = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pieces[_piece])) + _taken;
        _taken += length;
        return start;
    }

    /// <summary>Gives everything back, to be taken anew.</summary>
    public void Clear() => (_piece, _taken) = (-1, PieceLength);
}
