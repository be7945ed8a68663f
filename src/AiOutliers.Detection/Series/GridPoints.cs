namespace AiOutliers.Detection.Series;

/// <summary>Places rows on equally spaced points of time.</summary>
internal static class GridPoints
{
    /// <summary>
    /// A grid with more than this many points for each row holds hardly any data, and could be made as large as one likes with two rows.
    /// </summary>
    private const int MaxPointsPerRow = 16;

    /// <param name="times">Of the rows, in milliseconds since 1970.</param>
    /// <param name="local">The same on the clock that days keep to.</param>
    /// <param name="step">Milliseconds between points; 0 unknown.</param>
    /// <param name="points">The point of each row; null where it is the row's own number.</param>
    /// <returns>Whether points are times; else they are the rows' order.</returns>
    public static bool TryPlace(ReadOnlySpan<long> times, ReadOnlySpan<long> local, long step, out int[]? points)
    {
        points = null;
        if (step <= 0)
            return false;
        if (IsEven(local, step))
            return true;
        var placed = new int[times.Length];
        if (!Place(times, local, step, placed))
            return false;
        points = IsCount(placed) ? null : placed;
        return true;
    }

    /// <summary>Whether each row is a step behind the one before it.</summary>
    private static bool IsEven(ReadOnlySpan<long> local, long step)
    {
        for (var row = 1; row < local.Length; row++)
        {
            if (local[row] - local[row - 1] != step)
                return false;
        }
        return true;
    }

    private static bool IsCount(ReadOnlySpan<int> points)
    {
        for (var row = 0; row < points.Length; row++)
        {
            if (points[row] != row)
                return false;
        }
        return true;
    }

    /// <summary>
    /// To the nearest point: with a time zone of its own, a row's day is 23 or 25 hours long twice a year. False when two rows that are not
    /// a step apart would share a point.
    /// </summary>
    private static bool Place(ReadOnlySpan<long> times, ReadOnlySpan<long> local, long step, Span<int> points)
    {
        if ((local[^1] - local[0]) / step >= (long)MaxPointsPerRow * times.Length)
            return false;
        for (var row = 1; row < times.Length; row++)
        {
            points[row] = (int)((local[row] - local[0] + step / 2) / step);
            if (points[row] == points[row - 1] && (local == times || times[row] - times[row - 1] < step))
                return false;
        }
        return true;
    }
}
