using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>Half hours as logarithms of their levels, and what is usual at their time taken off: of working days, or of weekends.</summary>
internal static class NewestBlocks
{
    public const int PerDay = 48;

    public const long Length = Day / PerDay;

    private const long Day = 86_400_000;

    /// <param name="views">The series.</param>
    /// <param name="floor">What is added before the logarithm is taken.</param>
    /// <param name="blocks">One for each half hour.</param>
    public static void Fill(NewestViews views, double floor, Span<double> blocks)
    {
        var points = views.PointsPerDay / PerDay;
        for (var i = 0; i < blocks.Length; i++)
        {
            var sum = 0.0;
            foreach (var value in views.T.Slice(i * points, points))
                sum += value;
            blocks[i] = sum / points * (sum / points) + floor;
        }
        TensorPrimitives.Log(blocks, blocks);
    }

    /// <param name="blocks">The half hours of whole days.</param>
    /// <param name="end">The end of the last one, on a clock whose weekends begin at midnight.</param>
    /// <param name="rest">As many.</param>
    /// <param name="scratch">Working memory.</param>
    public static void TakeUsual(ReadOnlySpan<double> blocks, long end, Span<double> rest, Scratch scratch)
    {
        var days = blocks.Length / PerDay;
        var some = scratch.Take(2 * days);
        for (var phase = 0; phase < PerDay; phase++)
        {
            var (work, free) = (0, 0);
            for (var day = 0; day < days; day++)
            {
                if (IsFree(end, day, phase, days))
                    some[days + free++] = blocks[day * PerDay + phase];
                else
                    some[work++] = blocks[day * PerDay + phase];
            }
            var usual = work > 0 ? OrderStatistics.Median(some[..work]) : 0;
            var usualFree = free > 0 ? OrderStatistics.Median(some.Slice(days, free)) : 0;
            for (var day = 0; day < days; day++)
                rest[day * PerDay + phase] = blocks[day * PerDay + phase] - (IsFree(end, day, phase, days) ? usualFree : usual);
        }
    }

    private static bool IsFree(long end, int day, int phase, int days)
    {
        var time = end - (days - day) * Day + phase * Length;
        // 1970-01-01 was a Thursday.
        return (time / Day + (int)DayOfWeek.Thursday) % 7 is (long)DayOfWeek.Sunday or (long)DayOfWeek.Saturday;
    }
}
