namespace AiOutliers.Detection.Incidents;

/// <summary>What an incident looks like.</summary>
public enum IncidentKind
{
    /// <summary>Short, above the usual.</summary>
    Spike,

    /// <summary>Short, below the usual.</summary>
    Dip,

    /// <summary>Nothing, or no data, where there used to be some.</summary>
    Outage,

    /// <summary>Higher or lower than the usual by about the same factor, for hours or for good.</summary>
    LevelShift,

    /// <summary>Drifts away from the usual and comes back.</summary>
    Ramp,

    /// <summary>The day's rise stayed away.</summary>
    MissingPeak,
}
