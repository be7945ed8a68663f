namespace AiOutliers.Engine.SelfTest;

/// <param name="Cases">In order of kind and size.</param>
/// <param name="IncidentsUntouched">Incidents in the series as it came: false ones, or real ones that nobody labelled.</param>
/// <param name="Days">How long the series is; NaN when the step between its rows is unknown.</param>
public sealed record SelfTestResult(IReadOnlyList<SelfTestCase> Cases, int IncidentsUntouched, double Days);
