namespace AiOutliers.Monitoring.Monitors;

/// <param name="All">How many monitors there are.</param>
/// <param name="Ill">The names of those whose last run failed or had no data.</param>
public sealed record MonitorHealth(long All, IReadOnlyList<string> Ill);
