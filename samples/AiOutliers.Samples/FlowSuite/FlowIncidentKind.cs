namespace AiOutliers.Samples.FlowSuite;

/// <summary>What happens to the traffic of a place; the ranges are those of <see cref="FlowIncident.Draw"/>.</summary>
internal enum FlowIncidentKind
{
    /// <summary>
    /// 30 minutes to 2 hours: 1 to 3 times the noon's bytes on top in small packets, 10 to 25 times the flows, 3 to 6 times the clients.
    /// </summary>
    Ddos,

    /// <summary>20 to 60 minutes: 5 to 14 times the flows, 30 to 60 % more packets, next to no bytes.</summary>
    Scan,

    /// <summary>20 minutes to 2 hours of 0 to 2 %.</summary>
    Outage,

    /// <summary>3 to 6 hours: 35 to 70 % more bytes in large packets; flows and clients as ever.</summary>
    Leak,

    /// <summary>5 to 15 minutes: 2 to 6 times everything; clients by the power of 0.6, as at other busy times.</summary>
    Spike,

    /// <summary>20 to 60 minutes: 3 to 8 times the clients and 20 % more flows.</summary>
    FanOut,
}
