using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// A clock that was ahead and is right again: windows were judged before their time, without their data. They are forgotten, and judged
/// when they come; incidents of those times are closed.
/// </summary>
internal sealed class ClockAhead(Database database, WindowSaving saving, TimeProvider clock)
{
    /// <summary>By less than the tolerance a monitor only waits.</summary>
    public static bool IsIt(StoredMonitor stored, long now) => stored.NextFrom > now + WrongClock.Tolerance;

    public Task<bool> GoBackAsync(StoredMonitor stored, MonitorDocument monitor, CancellationToken cancellation) =>
        database.WriteAsync(async transaction =>
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            await MonitorStore.LockAsync(transaction, stored.Name);
            var known = await IncidentWriting.OfMonitorAsync(transaction, stored.Name, now);
            await RunStore.RewindAsync(transaction, stored.Name, now);
            var closed = known.Where(incident => incident.ClosedAt is null && incident.StartedAt >= now).Select(incident =>
                IncidentChange.Closing(incident, "the clock was ahead: this time has not come yet", now));
            await saving.WriteAsync(transaction, new(stored, monitor, new(now, now)), [.. closed], tells: true, now);
            return true;
        }, cancellation);
}
