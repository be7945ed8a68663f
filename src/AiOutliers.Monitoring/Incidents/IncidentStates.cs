namespace AiOutliers.Monitoring.Incidents;

/// <summary>The words of an incident's life.</summary>
public static class IncidentStates
{
    public const string Open = "open", Acknowledged = "acknowledged", Closed = "closed";

    public const string Confirmed = "confirmed", Expected = "expected", FalseAlarm = "false-alarm", NewNormal = "new-normal";

    public static readonly IReadOnlyList<string> All = [Open, Acknowledged, Closed];

    public static readonly IReadOnlyList<string> Verdicts = [Confirmed, Expected, FalseAlarm, NewNormal];
}
