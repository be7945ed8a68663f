using AiOutliers.Detection;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>The incidents of the database and their history.</summary>
public sealed class IncidentStore(Database database, TimeProvider clock)
{
    public const int MostMembers = 100, MostEvents = 500;

    /// <summary>In order of their begin, the newest first.</summary>
    public async Task<IReadOnlyList<StoredIncident>> PageAsync(IncidentFilterQuery filter, CancellationToken cancellation) =>
        !database.MayExist ? [] : await database.ReadAsync(
            connection => new IncidentSearch(database, connection, filter).PageAsync(), cancellation);

    /// <summary>The series of a monitor with an incident that ended at a time or later.</summary>
    internal async Task<IReadOnlyList<FoundSeries>> FoundSinceAsync(string monitor, long endedFrom, CancellationToken cancellation) =>
        await database.ReadAsync<IReadOnlyList<FoundSeries>>(
            async connection =>
            [
                .. await connection.QueryAsync<FoundSeries>("""
                    SELECT entity_key, metric, MAX(ended_at) AS ended_at FROM incidents
                    WHERE monitor = @monitor AND ended_at >= @endedFrom GROUP BY entity_key, metric
                    """, new { monitor, endedFrom }),
            ],
            cancellation);

    /// <summary>By its id, or the begin of one that names a single incident; null when there is none.</summary>
    public async Task<StoredIncident?> FindAsync(string id, CancellationToken cancellation)
    {
        // An id is letters and digits; PostgreSQL would refuse some others.
        if (!database.MayExist || id.Length == 0 || !id.All(char.IsAsciiLetterOrDigit))
            return null;
        var end = id[..^1] + (char)(id[^1] + 1);
        var found = await database.ReadAsync(
            connection => connection.QueryAsync<StoredIncident>(
                "SELECT * FROM incidents WHERE id = @id OR (id >= @id AND id < @end) ORDER BY id LIMIT 2", new { id, end }),
            cancellation);
        return found.ToList() is [var one] || (one = found.FirstOrDefault(incident => incident.Id == id)!) is not null ? one : null;
    }

    /// <summary>The incidents that are a part of this one, the most severe first.</summary>
    public Task<IReadOnlyList<StoredIncident>> MembersAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(connection => IncidentWriting.MembersAsync(connection, id, MostMembers), cancellation);

    /// <summary>How many incidents are a part of this one.</summary>
    public Task<long> CountMembersAsync(string id, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM incidents WHERE parent = @id", new { id }), cancellation);

    /// <summary>In order of time; of a long one the last 500.</summary>
    public async Task<IReadOnlyList<IncidentEvent>> HistoryAsync(string id, CancellationToken cancellation) =>
        await database.ReadAsync<IReadOnlyList<IncidentEvent>>(
            async connection =>
            [
                .. await connection.QueryAsync<IncidentEvent>("""
                    SELECT * FROM (SELECT * FROM incident_events WHERE incident = @id ORDER BY id DESC LIMIT @MostEvents) AS newest
                    ORDER BY id
                    """, new { id, MostEvents }),
            ],
            cancellation);

    public Task<StoredIncident> AcknowledgeAsync(string id, string? note, Actor actor, CancellationToken cancellation) =>
        ChangeAsync(id, actor, IncidentEvent.Acknowledged, note, static incident => incident.ClosedAt is null
            ? incident with { State = IncidentStates.Acknowledged }
            : throw new AiOutliersException(ErrorKind.BadInput, "the incident is closed: it needs no acknowledgement"), cancellation);

    public Task<StoredIncident> JudgeAsync(string id, string verdict, string? note, Actor actor, CancellationToken cancellation) =>
        IncidentStates.Verdicts.Contains(verdict)
            ? ChangeAsync(
                id, actor, IncidentEvent.Verdict, note is null ? verdict : $"{verdict}: {note}",
                incident => incident with { Verdict = verdict }, cancellation)
            : throw new AiOutliersException(
                ErrorKind.BadInput, $"'{verdict}' is not a verdict; it takes {string.Join(", ", IncidentStates.Verdicts)}");

    public Task<StoredIncident> CommentAsync(string id, string text, Actor actor, CancellationToken cancellation) =>
        string.IsNullOrWhiteSpace(text)
            ? throw new AiOutliersException(ErrorKind.BadInput, "the comment has no text")
            : ChangeAsync(id, actor, IncidentEvent.Comment, text, static incident => incident, cancellation);

    private async Task<StoredIncident> ChangeAsync(
        string id, Actor actor, string kind, string? detail, Func<StoredIncident, StoredIncident> change, CancellationToken cancellation)
    {
        var known = await FindAsync(id, cancellation)
            ?? throw new AiOutliersException(ErrorKind.BadInput, $"incident '{id}' not found; `rb-aioutliers incidents list` shows them");
        return await database.WriteAsync(async transaction =>
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var fresh = await IncidentWriting.OneAsync(transaction, known.Id);
            var changed = change(fresh) with { UpdatedAt = now };
            await IncidentWriting.UpdateAsync(transaction, changed);
            await IncidentWriting.AddEventAsync(transaction, changed.Id, now, kind, actor.Name, detail);
            await Audit.WriteAsync(transaction, clock, actor, kind, $"Incident/{changed.Id}", fresh.State, detail);
            return changed;
        }, cancellation);
    }
}
