using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;

namespace AiOutliers.Monitoring.Runs;

/// <summary>A window of a monitor.</summary>
/// <param name="Stored">The monitor.</param>
/// <param name="Document">Its document.</param>
/// <param name="Window">The window.</param>
internal sealed record MonitorWindow(StoredMonitor Stored, MonitorDocument Document, Window Window)
{
    /// <summary>The row of its run.</summary>
    public StoredRun Run(string state, long now) => new()
    {
        Monitor = Stored.Name,
        Revision = Stored.Revision,
        WindowFrom = Window.From,
        WindowTo = Window.To,
        State = state,
        FinishedAt = now,
    };
}
