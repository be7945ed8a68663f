using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>From all values of a series to what is kept of it: the scan's own scales and thresholds.</summary>
internal static class NewestLearning
{
    private const double LeastShare = 0.02, LeastLocalShare = 0.005, MostRise = 2, LeastPedestal = 4;

    private const long Day = 86_400_000;

    public static NewestMemory Of(ReadOnlySpan<double> x, int pointsPerDay, long end, Sensitivity sensitivity, Scratch scratch)
    {
        var (n, transform) = (x.Length, TrafficTransform.For(x, pointsPerDay, scratch));
        if (!(transform.Unit > 0))
            return default;
        var memory = new NewestMemory { Unit = (float)(transform.IsRoot ? transform.Unit : -transform.Unit) };
        var views = new NewestViews(x, pointsPerDay, memory.Unit, ref scratch);
        var rest = scratch.Take(n);
        var z = scratch.Take(n);
        Season(views, transform.CountNoise(x), rest, z, ref memory, scratch);
        var view = scratch.Take(n);
        var energy = scratch.Take(n);
        Surroundings(rest, ref memory, view, scratch);
        TensorPrimitives.Multiply(view, view, energy);
        NewestErrorLearning.Of(views.T, ref memory, view, scratch);
        TensorPrimitives.MultiplyAdd(view, view, energy, energy);
        TensorPrimitives.Multiply(z, z, view);
        TensorPrimitives.Add(energy, view, energy);
        TensorPrimitives.Divide(energy, 3, energy);
        Thresholds(energy, view, end, pointsPerDay, Levels.Of(sensitivity).At(pointsPerDay), ref memory, scratch);
        return memory;
    }

    private static void Thresholds(
        ReadOnlySpan<double> energy, ReadOnlySpan<double> seasonal, long end, int pointsPerDay, Levels levels, ref NewestMemory memory,
        Scratch scratch)
    {
        var n = energy.Length;
        var score = scratch.Take(n);
        ScanStatistic.Of(energy, Scores.LongestSharp(n), Scores.PointAlpha, dilate: false, 1, score, scratch);
        EventShape.Apply(score, energy, LeastPedestal);
        var sharp = Math.Max(levels.SharpLeast, levels.SharpFactor * Robust.Quantile(score, 0.75, scratch));
        memory.SharpThreshold = (Half)sharp;
        memory.Weekends = Weekends(seasonal, score, sharp, Day / pointsPerDay, end);
        ScanStatistic.Of(seasonal, Scores.LongestWide(n), Scores.WideAlpha, dilate: false, Verdict.ShortestSustained, score, scratch);
        var (median, mad) = Robust.MedianAndMad(score, scratch);
        memory.SustainedThreshold = (Half)Math.Max(levels.SustainedLeast, median + levels.SustainedDeviations * mad);
    }

    /// <summary>As in <see cref="UnknownWeekends"/>.</summary>
    private static double Weekends(
        ReadOnlySpan<double> energy, ReadOnlySpan<double> score, double sharp, long step, long end)
    {
        var (free, work) = ((Sum: 0.0, Count: 0), (Sum: 0.0, Count: 0));
        for (var i = 0; i < energy.Length; i++)
        {
            if (score[i] > sharp)
                continue;
            var day = (end - (energy.Length - i) * step) / Day;
            var isFree = (day + (int)DayOfWeek.Thursday) % 7 is (long)DayOfWeek.Sunday or (long)DayOfWeek.Saturday;
            ref var days = ref isFree ? ref free : ref work;
            days = (days.Sum + energy[i], days.Count + 1);
        }
        return free.Count > 0 && work.Count > 0 ? free.Sum / free.Count / (work.Sum / work.Count) : 0;
    }

    private static void Season(
        NewestViews views, double countNoise, Span<double> rest, Span<double> z, ref NewestMemory memory, Scratch scratch)
    {
        var (n, period) = (rest.Length, views.PointsPerDay);
        var usual = scratch.Take(period);
        var scale = scratch.Take(period);
        views.Level(0, rest);
        PhaseProfile.Of(rest, period, usual, scale, scratch, n);
        for (var start = 0; start < n; start += period)
            TensorPrimitives.Subtract(rest.Slice(start, period), usual, rest.Slice(start, period));
        var spread = Robust.Scale(rest, scratch).Spread;
        var noise = spread >= countNoise / 2 ? countNoise : 0;
        var deviation = Sums.StandardDeviation(views.T);
        (memory.Spread, memory.LeastSpread) = ((float)spread, (float)Math.Max(noise, LeastShare * deviation));
        memory.LocalSpread = memory.ErrorSpread = (float)Math.Max(noise, LeastLocalShare * deviation);
        foreach (ref var own in scale)
            own = Math.Max(Math.Sqrt(0.5 * spread * spread + 0.5 * own * own), memory.LeastSpread);
        for (var start = 0; start < n; start += period)
            TensorPrimitives.Divide(rest.Slice(start, period), scale, z.Slice(start, period));
    }

    private static void Surroundings(ReadOnlySpan<double> rest, ref NewestMemory memory, Span<double> local, Scratch scratch)
    {
        RunningMedian.Of(rest, LocalChannel.Width, local, scratch);
        var room = scratch.Take(rest.Length);
        TensorPrimitives.Subtract(rest, local, room);
        memory.MostRise = (Half)(MostRise * Math.Max(Robust.Scale(room, scratch).Spread, memory.LocalSpread));
        EdgeTrend.Line(local, rest, LocalChannel.Width, scratch, (double)memory.MostRise);
        TensorPrimitives.Subtract(rest, local, local);
        memory.LocalSpread = (float)Math.Max(Robust.Scale(local, scratch).Spread, memory.LocalSpread);
        TensorPrimitives.Divide(local, memory.LocalSpread, local);
    }
}
