namespace AiOutliers.Detection.Incidents;

/// <summary>What kind of oddness raised an alarm; each can be switched off on its own.</summary>
[Flags]
public enum AlarmClasses
{
    None = 0,

    /// <summary>A short, clear deviation: a spike, a dip.</summary>
    Sharp = 1,

    /// <summary>A deviation too small to be sharp that lasts.</summary>
    Sustained = 2,

    /// <summary>Nothing, where something was usual.</summary>
    Outage = 4,

    /// <summary>The level moves against the usual day: for hours, or for good.</summary>
    Shift = 8,

    All = Sharp | Sustained | Outage | Shift,
}
