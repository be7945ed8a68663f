using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// What tells a pulse from noise, with and without weekends taken out. Unknown weekends leave differences of their own between days, so the
/// thresholds are higher without the calendar. The values with it were set on clean series and small shifts and ramps of the suite, seeds
/// below 1000.
/// </summary>
/// <param name="Thresholds">What the sensitivity and the days of data ask for.</param>
/// <param name="KnowsWeekends">Whether the calendar is known and weekends are taken out of the blocks.</param>
internal readonly record struct PulseRules(ShiftThresholds Thresholds, bool KnowsWeekends)
{
    /// <summary>The share of a normal distribution that lies within one standard deviation.</summary>
    private const double WithinOneDeviation = 0.6827;

    /// <summary>Windows of this length have the threshold itself.</summary>
    private const double UsualHours = 2.5;

    /// <summary>
    /// By how much the threshold falls with the length. A series holds fewer long windows that do not overlap, so the largest of them by
    /// chance is smaller; at this power false events come in all lengths, at one threshold nearly all of them are short.
    /// </summary>
    private const double LengthPower = 0.2;

    /// <summary>How much larger a pulse must be than what is seen at the same hour of other days.</summary>
    public double Contrast => KnowsWeekends ? 1.5 : 2;

    /// <summary>The threshold of windows of some length, as a share of that of the usual.</summary>
    public double Share(int hours) => KnowsWeekends ? Math.Pow(UsualHours / hours, LengthPower) : 1;

    /// <summary>
    /// One standard deviation around 0: from the median of |v| or, where weekends do not widen the tail, the 68 % quantile, which two weeks
    /// of windows that overlap tell better. NaN of nothing.
    /// </summary>
    /// <param name="values">Overwritten.</param>
    public double Spread(Span<double> values)
    {
        if (!KnowsWeekends || values.IsEmpty)
            return Median.SpreadAroundZero(values);
        TensorPrimitives.Abs(values, values);
        return OrderStatistics.Quantile(values, WithinOneDeviation, values);
    }
}
