namespace AiOutliers.Samples.FlowCells;

/// <summary>What happens in the window of a case.</summary>
internal enum FlowCaseKind
{
    /// <summary>New sources flood one destination, on any port.</summary>
    Flood,

    /// <summary>The same on one TCP port.</summary>
    FloodOfPort,

    /// <summary>Answers of open resolvers or time servers: bytes.</summary>
    Amplification,

    /// <summary>One source, thousands of destinations.</summary>
    Scan,

    /// <summary>The same on one port.</summary>
    ScanOfPort,

    /// <summary>A few cells carry bytes out.</summary>
    Exfiltration,

    LinkDown,

    CountryGone,

    /// <summary>Everything at another level.</summary>
    Spread,

    /// <summary>That, and a flood.</summary>
    SpreadAndFlood,

    /// <summary>A flood and a scan.</summary>
    Two,

    /// <summary>A flood of 5 to 12 % of the total.</summary>
    Small,

    Nothing,

    /// <summary>Half of the flows of one service fail, of 2 % before.</summary>
    ErrorRate,

    DestinationGone,
}
