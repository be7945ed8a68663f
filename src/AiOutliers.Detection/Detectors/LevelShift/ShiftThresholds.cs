namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// What a change must reach to be reported, by sensitivity. Sizes are in the blocks' unit: the logarithm of a factor, or half robust
/// standard deviations of signed data. The values were set on synthetic series, so that normal raises less than one false event in 2,000
/// clean days.
/// </summary>
/// <param name="Pulse">T: a window against what windows of its width usually differ by.</param>
/// <param name="LeastPulse">The smallest size of a pulse.</param>
/// <param name="OpenPulse">T1: the same for a window that still runs, which has one side only.</param>
/// <param name="Step">Ts: a step against the noise of the day levels.</param>
/// <param name="LeastStep">The smallest size of a step.</param>
/// <param name="StepGain">Tg: by how much a step must make the fit of the day levels better, against their noise.</param>
internal readonly record struct ShiftThresholds(
    double Pulse, double LeastPulse, double OpenPulse, double Step, double LeastStep, double StepGain)
{
    /// <summary>Two weeks hold this many working days; the thresholds are meant for a usual day known from them.</summary>
    private const double UsualDays = 10;

    /// <summary>
    /// Where little noise is left, the levels of days are what moves: a little more is worth a report. Set on clean series of the suite,
    /// seeds below 1000.
    /// </summary>
    private const double LeastGrows = 1.2;

    public static ShiftThresholds Of(Sensitivity sensitivity) => new(
        sensitivity.Threshold(quiet: 7, low: 5.5, normal: 4.5, high: 4),
        sensitivity.Threshold(quiet: 0.3, low: 0.22, normal: 0.2, high: 0.15),
        sensitivity.Threshold(quiet: 13, low: 10, normal: 8, high: 6),
        sensitivity.Threshold(quiet: 8, low: 6, normal: 5, high: 4),
        sensitivity.Threshold(quiet: 0.3, low: 0.2, normal: 0.15, high: 0.12),
        sensitivity.Threshold(quiet: 12, low: 8, normal: 6, high: 4));

    /// <summary>
    /// With fewer days the usual day is known less well, and the days look closer to it than they are: the median of n days adds a variance
    /// of π/2 / n, and the days that it is made of have lost 1/n of their own. Thresholds of pulses grow by the square root of the ratio,
    /// (n + π/2) / (n − 1), against that of two weeks.
    /// </summary>
    /// <param name="days">n, the days that the usual day is the median of.</param>
    public ShiftThresholds ForKnownWeekends(int days)
    {
        var factor = days >= UsualDays ? 1 : Math.Sqrt(Ratio(Math.Max(days, 2)) / Ratio(UsualDays));
        return this with { Pulse = factor * Pulse, LeastPulse = LeastGrows * factor * LeastPulse, OpenPulse = factor * OpenPulse };

        static double Ratio(double n) => (n + Math.PI / 2) / (n - 1);
    }
}
