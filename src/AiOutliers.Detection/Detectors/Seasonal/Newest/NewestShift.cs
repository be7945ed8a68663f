using System.Numerics.Tensors;
using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>
/// How near the newest half hours are to a shift that still goes on, and to a step of the last day: what <see cref="PulseScan"/> and
/// <see cref="StepScan"/> measure, at the end of the series, with a simpler usual day.
/// </summary>
internal static class NewestShift
{
    private const double LeastGrows = 1.2, LeastNoise = 1.0 / 6, LeastDayNoise = 0.03, WithinOneDeviation = 0.6827;
    private const double CountFloor = 4, UsualHours = 2.5, LengthPower = 0.2;
    private const int Side = NewestBlocks.PerDay / 4, DaysBefore = 7;

    /// <summary>Two to twelve hours, in half hours.</summary>
    private static ReadOnlySpan<int> Widths => [4, 6, 8, 12, 16, 24];

    public static (double Pulse, double Step) Of(
        NewestViews views, in NewestMemory memory, long end, Sensitivity sensitivity, Scratch scratch)
    {
        var blocks = scratch.Take(views.T.Length / views.PointsPerDay * NewestBlocks.PerDay);
        var y = scratch.Take(blocks.Length);
        NewestBlocks.Fill(views, (double)memory.Floor, blocks);
        NewestBlocks.TakeUsual(blocks, end - memory.Midnight * NewestBlocks.Length, y, scratch);
        var thresholds = ShiftThresholds.Of(sensitivity);
        var pulse = 0.0;
        for (var i = 0; i < Widths.Length; i++)
        {
            var a = y.Length - Widths[i];
            var before = (Robust.Median(y[(a - Side)..a], scratch) + Robust.Median(y[(a - NewestBlocks.PerDay)..a], scratch)) / 2;
            var least = Math.Max(LeastGrows * thresholds.LeastPulse, thresholds.OpenPulse * (double)memory.Noises[i]);
            pulse = Math.Max(pulse, Math.Abs(Sums.Mean(y[a..]) - before) / least);
        }
        return (pulse, Step(y, scratch) / (thresholds.StepGain * (double)memory.DayNoise));
    }

    /// <summary>What the last half day, or day, differs from the days before it.</summary>
    private static double Step(ReadOnlySpan<double> y, Scratch scratch)
    {
        var day = NewestBlocks.PerDay;
        var days = Math.Min(DaysBefore, y.Length / day - 2);
        var usual = Robust.Median(y.Slice(y.Length - (days + 1) * day, days * day), scratch);
        return Math.Max(Math.Abs(Robust.Median(y[^(day / 2)..], scratch) - usual), Math.Abs(Robust.Median(y[^day..], scratch) - usual));
    }

    /// <summary>When weekends begin, and how much windows and days usually differ.</summary>
    public static void Learn(
        ReadOnlySpan<double> x, NewestViews views, long end, Sensitivity sensitivity, ref NewestMemory memory, Scratch scratch)
    {
        memory.Floor = (Half)Math.Max(BlockScale.Fine, CountFloor * CountUnit.Of(x) / Math.Abs(memory.Unit));
        var blocks = scratch.Take(x.Length / views.PointsPerDay * NewestBlocks.PerDay);
        var y = scratch.Take(blocks.Length);
        NewestBlocks.Fill(views, (double)memory.Floor, blocks);
        memory.Midnight = Midnight(blocks, end, y, scratch);
        NewestBlocks.TakeUsual(blocks, end - memory.Midnight * NewestBlocks.Length, y, scratch);
        LearnNoises(y, LeastGrows * ShiftThresholds.Of(sensitivity).LeastPulse * LeastNoise, ref memory, scratch);
        var levels = scratch.Take(y.Length / NewestBlocks.PerDay);
        for (var day = 0; day < levels.Length; day++)
            levels[day] = Robust.Median(y.Slice(day * NewestBlocks.PerDay, NewestBlocks.PerDay), scratch);
        memory.DayNoise = (Half)Math.Max(Robust.MedianAndMad(levels, scratch).Mad, LeastDayNoise);
    }

    private static void LearnNoises(ReadOnlySpan<double> y, double least, ref NewestMemory memory, Scratch scratch)
    {
        var near = scratch.Take(y.Length);
        var far = scratch.Take(y.Length);
        RunningMedian.OfLast(y, Side, 1, near, scratch);
        RunningMedian.OfLast(y, NewestBlocks.PerDay, 1, far, scratch);
        for (var i = 0; i < Widths.Length; i++)
        {
            var changes = scratch.Take(y.Length - Widths[i] - Side);
            for (var a = Side; a < y.Length - Widths[i]; a++)
                changes[a - Side] = Math.Abs(Sums.Mean(y.Slice(a, Widths[i])) - (near[a - 1] + far[a - 1]) / 2);
            var spread = Robust.Quantile(changes, WithinOneDeviation, scratch);
            memory.Noises[i] = (Half)(Math.Pow(2 * UsualHours / Widths[i], LengthPower) * Math.Max(spread, least));
        }
    }

    /// <summary>The hour at which weekends must begin to leave least.</summary>
    private static sbyte Midnight(ReadOnlySpan<double> blocks, long end, Span<double> y, Scratch scratch)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (var midnight = -NewestBlocks.PerDay / 2; midnight < NewestBlocks.PerDay / 2; midnight += 2)
        {
            NewestBlocks.TakeUsual(blocks, end - midnight * NewestBlocks.Length, y, scratch);
            var cost = TensorPrimitives.SumOfMagnitudes<double>(y);
            if (cost < least)
                (best, least) = (midnight, cost);
        }
        return (sbyte)best;
    }
}
