using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring;

/// <summary>The database in numbers, as it was when somebody last looked.</summary>
public sealed record MonitoringCounts
{
    public static readonly MonitoringCounts None = new();

    public IReadOnlyList<OpenIncidents> Open { get; init; } = [];

    /// <summary>By monitor: the end of the last judged window, milliseconds since 1970.</summary>
    public IReadOnlyDictionary<string, long> JudgedUpTo { get; init; } = new Dictionary<string, long>();

    public long Waiting { get; init; }

    public long Parked { get; init; }

    /// <summary>When the oldest waiting alert was written, milliseconds since 1970; null when none waits.</summary>
    public long? OldestWaiting { get; init; }

    internal static async Task<MonitoringCounts> ReadAsync(Database database, CancellationToken cancellation) => !database.MayExist
        ? None
        : await database.ReadAsync(async connection =>
        {
            var open = await connection.QueryAsync<OpenIncidents>("""
                SELECT monitor, severity, COUNT(*) AS count FROM (
                    SELECT monitor, CASE WHEN severity >= 90 THEN 'critical' WHEN severity >= 75 THEN 'high' ELSE 'low' END AS severity
                    FROM incidents WHERE closed_at IS NULL) AS one
                GROUP BY monitor, severity
                """);
            var judged = await connection.QueryAsync<(string Name, long NextFrom)>(
                "SELECT name, next_from FROM monitors WHERE deleted_at IS NULL AND next_from IS NOT NULL");
            var alerts = (await connection.QueryAsync<(string State, long Count, long Oldest)>(
                "SELECT state, COUNT(*), MIN(created_at) FROM outbox WHERE state <> 'delivered' GROUP BY state")).ToList();
            var waiting = alerts.Find(static one => one.State == "waiting");
            return new MonitoringCounts
            {
                Open = [.. open],
                JudgedUpTo = judged.ToDictionary(static one => one.Name, static one => one.NextFrom),
                Waiting = waiting.Count,
                Parked = alerts.Find(static one => one.State == "parked").Count,
                OldestWaiting = waiting.Count > 0 ? waiting.Oldest : null,
            };
        }, cancellation);
}
