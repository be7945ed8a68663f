namespace AiOutliers.Monitoring.Incidents;

/// <summary>An incident with its life. Times are milliseconds since 1970.</summary>
public sealed record StoredIncident
{
    public string Id { get; init; } = "";

    public string Monitor { get; init; } = "";

    /// <summary>The monitor's revision that opened it.</summary>
    public long Revision { get; init; }

    /// <summary>For people: <c>sensor_name=headquarters</c>; empty where the monitor has one series.</summary>
    public string Entity { get; init; } = "";

    /// <summary>Dimension and value, JSON.</summary>
    public string EntityKey { get; init; } = "";

    public string Metric { get; init; } = "";

    /// <summary><c>spike</c>, <c>dip</c>, <c>outage</c>, <c>level_shift</c>, <c>ramp</c>, <c>missing_peak</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Separated by commas.</summary>
    public string Alarms { get; init; } = "";

    /// <summary>One of <see cref="IncidentStates"/>.</summary>
    public string State { get; init; } = "";

    /// <summary>One of <see cref="IncidentStates.Verdicts"/>; null until somebody gives one.</summary>
    public string? Verdict { get; init; }

    /// <summary>The largest until now, 0 to 100.</summary>
    public double Severity { get; init; }

    public long StartedAt { get; init; }

    /// <summary>The end of its last bucket until now.</summary>
    public long EndedAt { get; init; }

    public long? PeakTime { get; init; }

    public double? PeakValue { get; init; }

    public double? PeakExpected { get; init; }

    public double? Area { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>JSON, as the answer of explain has it; null when nobody looked.</summary>
    public string? Causes { get; init; }

    /// <summary>The incident that it is a part of.</summary>
    public string? Parent { get; init; }

    public long OpenedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long? ClosedAt { get; init; }
}
