namespace AiOutliers.Detection.Incidents;

/// <summary>Anomalous rows that belong together, or a gap in the data that counts as an outage.</summary>
public sealed record Incident
{
    /// <summary>The same for the same incident, whenever it is asked for; empty until the engine names it.</summary>
    public string Id { get; init; } = "";

    /// <summary>Whether it lasts until the last complete bucket: nobody knows yet that it has ended.</summary>
    public bool Ongoing { get; init; }

    /// <summary>Where it begins, in milliseconds since 1970: the start of its first bucket.</summary>
    public required long Start { get; init; }

    /// <summary>Where it ends, in milliseconds since 1970: the end of its last bucket.</summary>
    public required long End { get; init; }

    /// <summary>The row that deviates most; null for a gap, which has no rows.</summary>
    public required IncidentPeak? Peak { get; init; }

    /// <summary>
    /// The sum of value − expected over its rows, in the metric's unit: what was too much or, negative, too little. Null for a gap.
    /// </summary>
    public required double? Area { get; init; }

    public required IncidentKind Kind { get; init; }

    /// <summary>The alarms that it raised; none when the detector knows no classes.</summary>
    public AlarmClasses Alarms { get; init; }

    /// <summary>The largest severity in it, 0 to 100.</summary>
    public required double Severity { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    public bool IsGap => Peak is null;
}
