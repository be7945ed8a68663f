using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>The statistics of <c>sharp</c> and <c>sustained</c> at the newest point, over their thresholds.</summary>
internal static class NewestScan
{
    private const double OddSharp = 9, OddSustained = 4;

    /// <summary>So much of what a point must reach alone. What lasts rests on the usual, which is estimated from less here.</summary>
    private const double Share = 0.5, SustainedShare = 0.25;

    /// <summary>What is nearer to the usual of its time of day raises no alarm by itself.</summary>
    private const double LeastDeviation = 1;

    /// <summary>The same of what the points before it do not predict: back at the usual, one amid others that are off is a leap.</summary>
    private const double LeastLeap = 2;

    /// <summary>
    /// Where weekends differ, what is unlike the week before by at most so much of the threshold is ordinary. The detector says half, of
    /// stretches that begin where they are odd; for short ones that is another window than those here.
    /// </summary>
    private const double Alike = 0.4, SharpAlike = 0.3;

    /// <summary>
    /// From this ratio on weekends hide what lasts. The detector says 1.2, of a ratio that is up to a sixth smaller. Within a day, or by an
    /// odd one, it has been halved: what is far above does not have to be learned anew.
    /// </summary>
    private const double WeekendsDiffer = 1.5, WeekendsDifferClearly = 4;

    private const int DaysPerWeek = 7;

    public static AlarmDistance Of(
        NewestViews views, in NewestMemory memory, long end, bool closely, Scratch scratch)
    {
        var isOdd = Math.Abs(Deviation(views, memory, scratch)) >= LeastDeviation
            || Math.Abs(NewestErrors.Leap(views.T, memory, scratch)) >= LeastLeap;
        if (!isOdd && !closely)
            return default;
        var n = views.T.Length;
        var rest = scratch.Take(Math.Max(LocalChannel.Width, n / 60 + 2));
        var scale = scratch.Take(rest.Length);
        var z = scratch.Take(rest.Length);
        var change = scratch.Take(rest.Length);
        Scale(views, memory, rest, scale, scratch);
        TensorPrimitives.Divide(rest, scale, z);
        FromWeekBefore(views, scale, change);
        var sharp = isOdd ? Sharp(views.T, rest, z, change, memory, scratch) : 0;
        if (!closely && z[^1] * z[^1] <= SustainedShare * OddSustained)
            return new(sharp, 0, 0, 0);
        var lasting = NewestWindows.Long(z, n) / (double)memory.SustainedThreshold;
        return new(sharp, HidesLasting(change, memory, end) ? 0 : lasting, 0, 0)
        {
            DependsOnWeekends = lasting >= AlarmDistance.NearSustained && memory.Weekends < WeekendsDifferClearly
                && (HidesWeekends(memory) || IsAroundWeekend(end)),
        };
    }

    private static bool HidesWeekends(in NewestMemory memory) => memory.Weekends > WeekendsDiffer;

    private static bool HidesLasting(ReadOnlySpan<double> change, in NewestMemory memory, long end) =>
        HidesWeekends(memory)
        && (IsAroundWeekend(end) || NewestWindows.Largest(change, Scores.WideAlpha) <= Alike * (double)memory.SustainedThreshold);

    private static double Sharp(
        ReadOnlySpan<double> t, ReadOnlySpan<double> rest, ReadOnlySpan<double> z, ReadOnlySpan<double> change, in NewestMemory memory,
        Scratch scratch)
    {
        var longest = Scores.LongestSharp(t.Length);
        var energy = scratch.Take(2 * longest);
        var view = scratch.Take(energy.Length);
        NewestErrors.Local(rest, memory, view, scratch);
        TensorPrimitives.Multiply(view, view, energy);
        NewestErrors.Surprise(t, memory, view, scratch);
        TensorPrimitives.MultiplyAdd(view, view, energy, energy);
        var seasonal = z[^energy.Length..];
        TensorPrimitives.MultiplyAdd(seasonal, seasonal, energy, energy);
        TensorPrimitives.Divide(energy, 3, energy);
        var isAlike = HidesWeekends(memory)
            && NewestWindows.Largest(change, Scores.PointAlpha) <= SharpAlike * (double)memory.SharpThreshold;
        if (energy[^1] <= Share * OddSharp || isAlike)
            return 0;
        return NewestWindows.Short(energy) / (double)memory.SharpThreshold;
    }

    private static double Deviation(NewestViews views, in NewestMemory memory, Scratch scratch)
    {
        Span<double> rest = stackalloc double[2], scale = stackalloc double[2];
        Scale(views, memory, rest, scale, scratch);
        return rest[^1] / scale[^1];
    }

    private static void Scale(NewestViews views, in NewestMemory memory, Span<double> rest, Span<double> scale, Scratch scratch)
    {
        views.Last(rest, scale, scratch);
        var whole = 0.5 * memory.Spread * memory.Spread;
        foreach (ref var spread in scale)
            spread = Math.Max(Math.Sqrt(whole + 0.5 * spread * spread), memory.LeastSpread);
    }

    /// <summary>What the last points differ from the same time a week before. Infinite where the week before is not known.</summary>
    private static void FromWeekBefore(NewestViews views, ReadOnlySpan<double> scale, Span<double> change)
    {
        var t = views.T;
        var week = DaysPerWeek * views.PointsPerDay;
        for (var i = 0; i < change.Length; i++)
        {
            var at = t.Length - change.Length + i;
            change[i] = at < week ? double.PositiveInfinity : (t[at] - t[at - week]) / scale[i];
        }
    }

    /// <summary>Between Friday and Monday noon.</summary>
    private static bool IsAroundWeekend(long end) =>
        DateTimeOffset.FromUnixTimeMilliseconds(end).AddHours(-12).DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday or DayOfWeek.Sunday;
}
