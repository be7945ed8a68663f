using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>
/// The filter that predicts a series from its neighbours, and the spread of its errors (<see cref="AutoregressiveErrors"/>).
/// </summary>
internal static class NewestErrorLearning
{
    private const double SpikeDeviations = 4;

    public static void Of(ReadOnlySpan<double> t, ref NewestMemory memory, Span<double> errors, Scratch scratch)
    {
        var y = scratch.Take(t.Length);
        var difference = scratch.Take(t.Length);
        RunningMedian.Of7(t, y);
        TensorPrimitives.Subtract(t, y, difference);
        memory.Spike = (Half)(SpikeDeviations * Robust.Scale(difference, scratch).Spread);
        for (var i = 0; i < t.Length; i++)
            y[i] = Math.Abs(difference[i]) > (double)memory.Spike ? y[i] : t[i];
        (memory.Median, memory.Mean) = ((Half)Robust.Median(y, scratch), (Half)Sums.Mean(y));
        Span<double> filter = stackalloc double[NewestMemory.FilterWeights.Count + 1];
        LinearPrediction.Fit(y, filter);
        for (var i = 1; i < filter.Length; i++)
            memory.Filter[i - 1] = (Half)filter[i];
        TensorPrimitives.Subtract(t, (double)memory.Median, y);
        LinearPrediction.Errors(y, filter, errors);
        memory.ErrorSpread = (float)Math.Max(Robust.Scale(errors, scratch).Spread, memory.ErrorSpread);
        TensorPrimitives.Divide(errors, memory.ErrorSpread, errors);
        FollowLocalSpread(errors, ref memory, scratch);
    }

    private static void FollowLocalSpread(Span<double> errors, ref NewestMemory memory, Scratch scratch)
    {
        var spread = scratch.Take(errors.Length);
        var mix = LocalErrorScale.Of(errors, spread, scratch);
        memory.Mix = (Half)mix;
        for (var i = 0; i < errors.Length && mix > 0; i++)
        {
            var own = Math.Max(spread[i], LocalErrorScale.Least);
            errors[i] /= Math.Sqrt(mix * own * own + 1 - mix);
        }
    }
}
