namespace AiOutliers.Engine.SelfTest;

/// <summary>Recall and delay of one kind and size.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Size">How much.</param>
/// <param name="Tried">How many copies of the series were disturbed so.</param>
/// <param name="Found">In how many it was found.</param>
/// <param name="MedianDelayRows">The median of the rows that had arrived when the first alarm came; NaN when nothing was found.</param>
public sealed record SelfTestCase(InjectionKind Kind, double Size, int Tried, int Found, double MedianDelayRows);
