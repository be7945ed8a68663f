namespace AiOutliers.Samples;

internal enum IncidentKind
{
    /// <summary>A flood: many small packets, many flows, from one minute to the next.</summary>
    Ddos,

    /// <summary>Many flows of next to no bytes.</summary>
    Scan,

    /// <summary>The line is down: next to nothing is left.</summary>
    Outage,

    /// <summary>Data leaves slowly: a little more every hour, at night too.</summary>
    Leak,

    /// <summary>The exporter is gone: no rows at all.</summary>
    LostExporter,
}
