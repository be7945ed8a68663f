using AiOutliers.Models.Store;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring;

/// <summary>What is configured about monitors, incidents and alerts.</summary>
public sealed record MonitoringSettings
{
    public required DatabaseAddress Database { get; init; }

    /// <summary>Where the state of entities outlives the process; null: nowhere, it is asked of the data source again.</summary>
    public Func<IObjectStore>? Entities { get; init; }

    /// <summary>How long runs, closed incidents and delivered alerts are kept.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Where people reach the pages, for links in alerts; null: no links.</summary>
    public string? PublicUrl { get; init; }
}
