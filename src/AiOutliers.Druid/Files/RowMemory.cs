namespace AiOutliers.Druid.Files;

/// <summary>Memory that grows by pieces and is never moved. Nothing that is taken lies in two pieces.</summary>
internal sealed class RowMemory
{
    private const int PieceBits = 17;
    private const int PieceLength = 1 << PieceBits;

    private readonly List<long[]> _pieces = [];

    /// <summary>How much is taken.</summary>
    public long Length { get; private set; }

    /// <param name="length">At most a piece.</param>
    /// <returns>Where it is.</returns>
    public long Take(int length)
    {
        if ((Length & (PieceLength - 1)) + length > PieceLength)
            Length = (Length | (PieceLength - 1)) + 1;
        var start = Length;
        if (start >> PieceBits == _pieces.Count)
            _pieces.Add(GC.AllocateUninitializedArray<long>(PieceLength));
        Length += length;
        return start;
    }

    /// <summary>The piece in which a place is, and where there.</summary>
    public (long[] Piece, int Start) At(long start) => (_pieces[(int)(start >> PieceBits)], (int)(start & (PieceLength - 1)));

    public Span<long> Part(long start, int length)
    {
        var (piece, from) = At(start);
        return piece.AsSpan(from, length);
    }

    /// <summary>Gives everything back, to be taken anew.</summary>
    public void Clear() => Length = 0;
}
