namespace AiOutliers.Samples.Suite;

/// <summary>A labelled series.</summary>
/// <param name="Type">Its folder.</param>
/// <param name="Seed">What it was made from.</param>
/// <param name="Start">The time of the first value, UTC.</param>
/// <param name="Step">From one value to the next.</param>
/// <param name="Values">Bytes per step.</param>
/// <param name="Disturbances">What the labels are about.</param>
internal sealed record SuiteSeries(
    SuiteType Type, int Seed, DateTimeOffset Start, TimeSpan Step, double[] Values, IReadOnlyList<Disturbance> Disturbances)
{
    public bool IsLabelled(int point) => Disturbances.Any(disturbance => disturbance.Start <= point && point < disturbance.End);
}
