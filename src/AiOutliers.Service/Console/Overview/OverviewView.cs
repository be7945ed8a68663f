using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Service.Console.Overview;

/// <param name="Last">The span before the end of the data.</param>
/// <param name="Metric">What the map is about.</param>
/// <param name="Sort">How the rows are sorted: <c>name</c>, or by severity.</param>
/// <param name="At">The time of the cell that the rows are sorted by; null for none.</param>
/// <param name="Dimension">What names a row.</param>
public sealed record OverviewView(string Last, string Metric, string? Sort, long? At, string Dimension)
{
    /// <summary>Null where there is no data source, or it failed.</summary>
    public HeatMap? Map { get; init; }

    /// <summary>The call that answers with the map's incidents; null where there is no map.</summary>
    public string? Code { get; init; }

    public ConsoleFailure? Failure { get; init; }

    /// <summary>Whether the data source is still being asked.</summary>
    public bool IsPending { get; init; }

    /// <summary>After so many seconds the map is asked for again; in a replay an hour may pass in a minute.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>What is asked again every few seconds.</summary>
    public NowView Now { get; init; } = new([], null);
}

/// <param name="Parts">How the service is.</param>
/// <param name="Open">Incidents that are not closed; null where no monitors run.</param>
public sealed record NowView(IReadOnlyList<ServicePart> Parts, IReadOnlyList<StoredIncident>? Open);
