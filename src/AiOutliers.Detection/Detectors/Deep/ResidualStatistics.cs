namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>What is ordinary for each metric at one granularity.</summary>
/// <param name="Minutes">The granularity: minutes from row to row.</param>
/// <param name="Metrics">One entry per metric of the profile, in its order.</param>
public sealed record ResidualStatistics(double Minutes, IReadOnlyList<MetricResiduals> Metrics)
{
    /// <summary>
    /// How far all metrics together may leap (<see cref="CommonLeaps"/>), in rescaled units; infinite in models without this limit, which
    /// then raise no such alarm.
    /// </summary>
    public double LeapLimit { get; init; } = double.PositiveInfinity;

    /// <summary>The entry of the granularity that is nearest by ratio.</summary>
    /// <param name="all">At least one.</param>
    /// <param name="minutes">Minutes from row to row of the data to judge.</param>
    public static ResidualStatistics Nearest(IReadOnlyList<ResidualStatistics> all, double minutes) =>
        all.MinBy(entry => Math.Abs(Math.Log(entry.Minutes / Math.Max(minutes, double.Epsilon))))!;
}
