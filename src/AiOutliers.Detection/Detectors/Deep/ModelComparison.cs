namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// What a model and the default detector found of the same events, put into the rows that the model was not trained on, and what they
/// raised on those rows as they were.
/// </summary>
/// <param name="Detector">The other detector's name.</param>
/// <param name="Metric">What the other detector judged.</param>
/// <param name="Days">How long the rows are, all series together.</param>
/// <param name="Together">Events of all metrics at once.</param>
/// <param name="Alone">Events of the metric and what is computed from it; the other metrics go on as ever.</param>
/// <param name="FalseOfModel">
/// Events that the model raised on the untouched rows; not those that the other detector raises too, on any count: they may be real.
/// </param>
/// <param name="FalseOfOther">The same of the other detector.</param>
public sealed record ModelComparison(
    string Detector, string Metric, double Days, FoundEvents Together, FoundEvents Alone, int FalseOfModel, int FalseOfOther)
{
    public FoundEvents All => new(
        Together.Tried + Alone.Tried, Together.ByModel + Alone.ByModel, Together.ByOther + Alone.ByOther, Together.ByBoth + Alone.ByBoth);

    /// <summary>Whether the model finds more events and raises no more false ones, or finds as many and raises fewer.</summary>
    public bool IsBetter => FalseOfModel <= FalseOfOther && (FindsMore || !FindsFewer && IsMore(FalseOfOther, FalseOfModel));

    public bool FindsMore => IsMore(All.ByModel - All.ByBoth, All.ByOther - All.ByBoth);

    public bool FindsFewer => IsMore(All.ByOther - All.ByBoth, All.ByModel - All.ByBoth);

    /// <summary>
    /// By more than chance: of events that only one of two found, each falls to either with equal chance where both are equally good,
    /// and the difference has the standard deviation √(a + b) (McNemar 1947). Two of them.
    /// </summary>
    private static bool IsMore(int a, int b) => a - b > 2 * Math.Sqrt(a + b);
}
