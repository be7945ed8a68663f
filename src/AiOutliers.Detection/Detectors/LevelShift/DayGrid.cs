namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// How a day of points is cut into blocks: half an hour each, or single points where a day has fewer than 48. Blocks count through all
/// days; block d·m + k covers the points d·P + ⌊kP/m⌋ up to d·P + ⌊(k+1)P/m⌋.
/// </summary>
/// <param name="PointsPerDay">P.</param>
internal readonly record struct DayGrid(int PointsPerDay)
{
    /// <summary>m. A change of some hours is clear in half hours, and their medians forget single spikes.</summary>
    public int BlocksPerDay => Math.Min(48, PointsPerDay);

    /// <summary>B: six hours on either side of a window say where the level was before and after it.</summary>
    public int Side => Math.Max(4, 6 * BlocksPerDay / 24);

    /// <summary>A whole day on either side, where weekends are known and taken out.</summary>
    public int LongSide => Math.Max(Side, BlocksPerDay);

    /// <summary>A side cut short by the series' end still counts with this many blocks.</summary>
    public int LeastSide => Math.Max(2, Side / 4);

    /// <summary>A time of some hours in blocks, at least two.</summary>
    public int Blocks(int hours) => Math.Max(2, (int)Math.Round(hours * BlocksPerDay / 24.0));

    public int FirstPoint(int block) =>
        block / BlocksPerDay * PointsPerDay + (int)((long)(block % BlocksPerDay) * PointsPerDay / BlocksPerDay);

    /// <summary>Blocks of a series; the last one counts when at least half of it is there.</summary>
    public int Count(int points)
    {
        var count = (int)((long)points * BlocksPerDay / PointsPerDay);
        while (FirstPoint(count + 1) <= points)
            count++;
        while (FirstPoint(count) > points)
            count--;
        var (start, end) = (FirstPoint(count), FirstPoint(count + 1));
        return 2 * (points - start) >= end - start ? count + 1 : count;
    }
}
