using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>Of the last points, what their surroundings do not share, and what their neighbours do not predict.</summary>
internal static class NewestErrors
{
    /// <summary>Points whose errors tell the spread at this time of day.</summary>
    private const int LocalSpread = 101;

    /// <summary>Nothing behind them is known: only what came before them counts (<see cref="AutoregressiveErrors"/>).</summary>
    private const int Latest = 3;

    /// <summary>Of the running median that tells spikes.</summary>
    private const int SpikeWidth = 7;

    /// <summary>Smaller spreads than this share of the whole do not count.</summary>
    private const double LeastLocalSpread = 0.25;

    public static void Local(ReadOnlySpan<double> rest, in NewestMemory memory, Span<double> local, Scratch scratch)
    {
        var line = scratch.Take(LocalChannel.Width);
        var last = rest[^LocalChannel.Width..];
        EdgeTrend.Line(line, last, LocalChannel.Width, scratch, (double)memory.MostRise);
        TensorPrimitives.Subtract(last[^local.Length..], line[^local.Length..], local);
        TensorPrimitives.Divide(local, memory.LocalSpread, local);
    }

    public static void Surprise(ReadOnlySpan<double> t, in NewestMemory memory, Span<double> surprise, Scratch scratch)
    {
        Span<double> filter = stackalloc double[NewestMemory.FilterWeights.Count + 1];
        memory.CopyFilter(filter);
        var last = t[^(LocalSpread + 2 * filter.Length)..];
        var centred = scratch.Take(last.Length);
        var errors = scratch.Take(last.Length);
        TensorPrimitives.Subtract(last, (double)memory.Median, centred);
        LinearPrediction.Errors(centred, filter, errors);
        WithoutSpikes(last, memory, centred);
        for (var i = last.Length - Latest; i < last.Length; i++)
            errors[i] = LinearPrediction.ForwardError(last[i] - (double)memory.Mean, centred[..i], filter);
        TensorPrimitives.Divide(errors, memory.ErrorSpread, errors);
        TensorPrimitives.Divide(errors[^surprise.Length..], Spread(errors[^LocalSpread..], (double)memory.Mix, scratch), surprise);
    }

    /// <summary>What the points before the newest do not predict of it, at the least spread that errors have at any time of day.</summary>
    public static double Leap(ReadOnlySpan<double> t, in NewestMemory memory, Scratch scratch)
    {
        Span<double> filter = stackalloc double[NewestMemory.FilterWeights.Count + 1];
        memory.CopyFilter(filter);
        var last = t[^(filter.Length + SpikeWidth)..];
        var centred = scratch.Take(last.Length);
        WithoutSpikes(last, memory, centred);
        var error = LinearPrediction.ForwardError(last[^1] - (double)memory.Mean, centred[..^1], filter);
        var mix = (double)memory.Mix;
        return error / (memory.ErrorSpread * Math.Sqrt(mix * LeastLocalSpread * LeastLocalSpread + 1 - mix));
    }

    private static void WithoutSpikes(ReadOnlySpan<double> last, in NewestMemory memory, Span<double> centred)
    {
        RunningMedian.Of7(last, centred);
        var (spike, mean) = ((double)memory.Spike, (double)memory.Mean);
        for (var i = 0; i < last.Length; i++)
            centred[i] = (Math.Abs(last[i] - centred[i]) > spike ? centred[i] : last[i]) - mean;
    }

    /// <summary>Against that of the whole series, as far as noise differs between hours.</summary>
    private static double Spread(ReadOnlySpan<double> errors, double mix, Scratch scratch)
    {
        if (mix <= 0)
            return 1;
        var sizes = scratch.Take(errors.Length);
        TensorPrimitives.Abs(errors, sizes);
        var own = Math.Max(Robust.MadFactor * OrderStatistics.Median(sizes), LeastLocalSpread);
        return Math.Sqrt(mix * own * own + 1 - mix);
    }
}
