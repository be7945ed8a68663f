namespace AiOutliers.Engine.SelfTest;

/// <summary>What became of one injection.</summary>
/// <param name="Injection">What was done.</param>
/// <param name="DelayRows">
/// How many rows had arrived since its start when the first of its rows was flagged that is not flagged in the untouched
/// series; null when none ever was.
/// </param>
public readonly record struct InjectionOutcome(Injection Injection, int? DelayRows);
