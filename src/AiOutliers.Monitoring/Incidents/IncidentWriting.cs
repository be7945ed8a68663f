using System.Data.Common;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>The statements that change incidents, each inside of somebody's transaction.</summary>
internal static class IncidentWriting
{
    /// <summary>Those that are not closed, and those that may reopen; nobody else changes them before the transaction ends.</summary>
    public static async Task<IReadOnlyList<StoredIncident>> OfMonitorAsync(DbTransaction transaction, string monitor, long endedAfter) =>
    [
        .. await transaction.Connection!.QueryAsync<StoredIncident>(
            Database.Locking(
                transaction, "SELECT * FROM incidents WHERE monitor = @monitor AND (closed_at IS NULL OR ended_at >= @endedAfter)"),
            new { monitor, endedAfter }, transaction),
    ];

    /// <summary>One that is about to be changed, by nobody else.</summary>
    public static Task<StoredIncident> OneAsync(DbTransaction transaction, string id) =>
        transaction.Connection!.QuerySingleAsync<StoredIncident>(
            Database.Locking(transaction, "SELECT * FROM incidents WHERE id = @id"), new { id }, transaction);

    /// <summary>The incidents that are a part of another, the most severe first.</summary>
    public static async Task<IReadOnlyList<StoredIncident>> MembersAsync(
        DbConnection connection, string parent, int limit, DbTransaction? transaction = null) =>
    [
        .. await connection.QueryAsync<StoredIncident>(
            "SELECT * FROM incidents WHERE parent = @parent ORDER BY severity DESC, id LIMIT @limit", new { parent, limit }, transaction),
    ];

    public static async Task WriteAsync(DbTransaction transaction, IncidentChange change, long now)
    {
        if (change.IsNew)
            await InsertAsync(transaction, change.Incident);
        else
            await UpdateAsync(transaction, change.Incident);
        if (change.Event is { } kind)
            await AddEventAsync(transaction, change.Incident.Id, now, kind, "monitor", change.Detail);
        foreach (var note in change.Notes)
            await AddEventAsync(transaction, change.Incident.Id, now, note.Kind, "monitor", note.Detail);
    }

    public static Task UpdateAsync(DbTransaction transaction, StoredIncident incident) => transaction.Connection!.ExecuteAsync("""
        UPDATE incidents SET kind = @Kind, alarms = @Alarms, state = @State, verdict = @Verdict, severity = @Severity,
            started_at = @StartedAt, ended_at = @EndedAt, peak_time = @PeakTime, peak_value = @PeakValue,
            peak_expected = @PeakExpected, area = @Area, reason = @Reason, causes = @Causes, parent = @Parent,
            updated_at = @UpdatedAt, closed_at = @ClosedAt
        WHERE id = @Id
        """, incident, transaction);

    public static Task AddEventAsync(DbTransaction transaction, string incident, long at, string kind, string actor, string? detail) =>
        transaction.Connection!.ExecuteAsync(
            "INSERT INTO incident_events (incident, at, kind, actor, detail) VALUES (@incident, @at, @kind, @actor, @detail)",
            new { incident, at, kind, actor, detail }, transaction);

    private static async Task InsertAsync(DbTransaction transaction, StoredIncident incident)
    {
        var values = new DynamicParameters(incident);
        values.Add("series", await SeriesAsync(transaction, incident));
        await transaction.Connection!.ExecuteAsync("""
            INSERT INTO incidents (id, monitor, revision, entity, entity_key, metric, kind, alarms, state, verdict, severity, started_at,
                ended_at, peak_time, peak_value, peak_expected, area, reason, causes, parent, opened_at, updated_at, closed_at, series)
            VALUES (@Id, @Monitor, @Revision, @Entity, @EntityKey, @Metric, @Kind, @Alarms, @State, @Verdict, @Severity, @StartedAt,
                @EndedAt, @PeakTime, @PeakValue, @PeakExpected, @Area, @Reason, @Causes, @Parent, @OpenedAt, @UpdatedAt, @ClosedAt, @series)
            """, values, transaction);
    }

    /// <summary>The number of the series that an incident is of; a new one for its first.</summary>
    private static async Task<long> SeriesAsync(DbTransaction transaction, StoredIncident incident)
    {
        var (entity, metric) = (incident.Entity, incident.Metric);
        var values = new { incident.Monitor, entity, metric, content = $"{entity} {metric}".ToLowerInvariant() };
        var known = await transaction.Connection!.QueryFirstOrDefaultAsync<long?>("""
            SELECT id FROM incident_series WHERE monitor = @Monitor AND SUBSTR(entity, 1, 200) = SUBSTR(@entity, 1, 200)
                AND entity = @entity AND metric = @metric
            """, values, transaction);
        return known ?? await transaction.Connection!.ExecuteScalarAsync<long>(
            "INSERT INTO incident_series (monitor, entity, metric, content) VALUES (@Monitor, @entity, @metric, @content) RETURNING id",
            values, transaction);
    }
}
