using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>The series transformed, its trend in hours, and what the last points differ from the usual at their time of day.</summary>
internal readonly ref struct NewestViews
{
    private const int HoursPerDay = 24;

    /// <param name="x">Whole days, without gaps.</param>
    /// <param name="pointsPerDay">A multiple of 24.</param>
    /// <param name="unit">See <see cref="NewestMemory.Unit"/>.</param>
    public NewestViews(ReadOnlySpan<double> x, int pointsPerDay, double unit, scoped ref Scratch scratch)
    {
        PointsPerDay = pointsPerDay;
        T = scratch.Take(x.Length);
        TensorPrimitives.Divide(x, Math.Abs(unit), T);
        if (unit > 0)
            TensorPrimitives.Sqrt(T, T);
        Hour = pointsPerDay / HoursPerDay;
        var hours = scratch.Take(x.Length / Hour);
        for (var i = 0; i < hours.Length; i++)
            hours[i] = Sums.Mean(T.Slice(i * Hour, Hour));
        Trend = scratch.Take(hours.Length);
        RunningMedian.Of(hours, HoursPerDay + 1, Trend, scratch);
        var half = HoursPerDay / 2;
        Trend[..half].Fill(Trend[half]);
        Trend[^half..].Fill(Trend[^(half + 1)]);
        EdgeTrend.Slope(Trend, HoursPerDay);
    }

    public int PointsPerDay { get; }

    public int Hour { get; }

    public Span<double> T { get; }

    public Span<double> Trend { get; }

    /// <summary>t without its trend, of some points.</summary>
    public void Level(int first, Span<double> rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            var at = (first + i - (Hour - 1) / 2.0) / Hour;
            var hour = Math.Clamp((int)Math.Floor(at), 0, Math.Max(0, Trend.Length - 2));
            var share = Math.Clamp(at - hour, 0, 1);
            rest[i] = T[first + i] - (Trend[hour] + share * (Trend[hour + 1] - Trend[hour]));
        }
    }

    /// <summary>The means of three neighbours.</summary>
    private static void Smooth(ReadOnlySpan<double> values, Span<double> means)
    {
        TensorPrimitives.Add(values[..^2], values[1..^1], means);
        TensorPrimitives.Add(means, values[2..], means);
        TensorPrimitives.Divide(means, 3, means);
    }

    /// <summary>Of the last points, what they differ from the usual, and the spread at their time of day.</summary>
    /// <param name="rest">As many as are wanted.</param>
    /// <param name="spread">As many.</param>
    public void Last(Span<double> rest, Span<double> spread, Scratch scratch)
    {
        var (days, width) = (T.Length / PointsPerDay, rest.Length + 2);
        var rows = scratch.Take(days * width);
        for (var day = 0; day < days; day++)
        {
            var first = (day + 1) * PointsPerDay - width + 1;
            var row = rows.Slice(day * width, width);
            if (day < days - 1)
            {
                Level(first, row);
                continue;
            }
            Level(first, row[..^1]);
            row[^1] = row[^2];
        }
        var medians = scratch.Take(width);
        var mads = scratch.Take(width);
        PhaseLanes.Of(rows, width, neighbours: 0, medians, mads, scratch.Take(days * PhaseLanes.Lanes));
        Smooth(medians, rest);
        Smooth(mads, spread);
        TensorPrimitives.Subtract(rows.Slice((days - 1) * width + 1, rest.Length), rest, rest);
    }
}
