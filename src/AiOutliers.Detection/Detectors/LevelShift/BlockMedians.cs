using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// Y: the median of every block in the unit of <see cref="BlockScale"/>, NaN where fewer than half of its points are known.
/// </summary>
internal static class BlockMedians
{
    /// <param name="values">The series; what is not finite is missing.</param>
    /// <param name="blocks">One place per block of <paramref name="grid"/>.</param>
    public static void Fill(ReadOnlySpan<double> values, DayGrid grid, BlockScale scale, Span<double> blocks)
    {
        using var buffer = new PooledBuffer(grid.PointsPerDay / grid.BlocksPerDay + 1);
        var room = buffer.Span;
        for (var block = 0; block < blocks.Length; block++)
        {
            var points = values[grid.FirstPoint(block)..Math.Min(grid.FirstPoint(block + 1), values.Length)];
            var count = 0;
            foreach (var value in points)
            {
                if (double.IsFinite(value))
                    room[count++] = value;
            }
            blocks[block] = count == 0 || 2 * count < points.Length ? double.NaN : MedianOf(room[..count], scale);
        }
    }

    /// <summary>
    /// Whether the blocks can be judged: some are known, and at most half of those equal the least. The others are sparse counters and flat
    /// lines, which have no day.
    /// </summary>
    public static bool AreUsable(ReadOnlySpan<double> blocks)
    {
        var (least, known, atLeast) = (double.PositiveInfinity, 0, 0);
        foreach (var block in blocks)
        {
            if (double.IsNaN(block))
                continue;
            known++;
            if (block < least)
                (least, atLeast) = (block, 0);
            if (block == least)
                atLeast++;
        }
        return known > 0 && 2 * atLeast <= known;
    }

    /// <summary>The scale is increasing: only the values in the middle need it.</summary>
    private static double MedianOf(Span<double> values, BlockScale scale)
    {
        var (lower, upper) = Median.Middle(values);
        return values.Length % 2 == 1 ? scale.Apply(upper) : (scale.Apply(lower) + scale.Apply(upper)) / 2;
    }
}
