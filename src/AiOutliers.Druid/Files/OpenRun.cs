namespace AiOutliers.Druid.Files;

/// <summary>The last rows of a series, as far as their times have the same distance.</summary>
internal unsafe struct OpenRun
{
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

    /// <summary>The second row tells the distance.</summary>
    public void Turn(long second) => (Step, Next) = (unchecked(second - Start), second);

    /// <summary>Begins anew.</summary>
    public void Begin(long first) => (Next, Step, Rows) = (first, 0, 0);
}
