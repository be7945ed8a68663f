using System.Data.Common;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Monitors;

/// <summary>The monitors of the database; every change of a document is a revision that is kept.</summary>
public sealed class MonitorStore(Database database, TimeProvider clock)
{
    /// <summary>When the last run of a monitor <c>m</c> ended.</summary>
    private const string LastAt = "(SELECT finished_at FROM runs r WHERE r.monitor = m.name ORDER BY r.window_to DESC, r.id DESC LIMIT 1)";

    internal const string Columns = $"""
        m.name, m.revision, m.document, m.applied_at, m.next_from,
        (SELECT MIN(applied_at) FROM monitor_revisions r WHERE r.name = m.name) AS created_at,
        {MonitorFilterQuery.LastState} AS last_state,
        (SELECT reason FROM runs r WHERE r.monitor = m.name ORDER BY r.window_to DESC, r.id DESC LIMIT 1) AS last_reason,
        {LastAt} AS last_at,
        (SELECT COUNT(*) FROM runs r WHERE r.monitor = m.name AND r.state = 'skipped') AS skipped
        """;

    public async Task<IReadOnlyList<StoredMonitor>> ListAsync(CancellationToken cancellation) => !database.MayExist
        ? []
        : await database.ReadAsync<IReadOnlyList<StoredMonitor>>(
            static async connection =>
                [.. await connection.QueryAsync<StoredMonitor>($"SELECT {Columns} FROM monitors m WHERE deleted_at IS NULL ORDER BY name")],
            cancellation);

    /// <summary>
    /// Which there are, their revisions and where they are, without documents and last runs: of ten thousand it is looked each second.
    /// </summary>
    internal async Task<IReadOnlyList<StoredMonitor>> LookAsync(CancellationToken cancellation) => !database.MayExist
        ? []
        : await database.ReadAsync<IReadOnlyList<StoredMonitor>>(
            static async connection =>
            {
                var skipped = (await connection.QueryAsync<(string Monitor, long Count)>(
                    "SELECT monitor, COUNT(*) FROM runs WHERE state = 'skipped' GROUP BY monitor")).ToDictionary();
                var monitors = await connection.QueryAsync<StoredMonitor>(
                    "SELECT name, revision, next_from FROM monitors WHERE deleted_at IS NULL ORDER BY name");
                return [.. monitors.Select(one => one with { Skipped = skipped.GetValueOrDefault(one.Name) })];
            },
            cancellation);

    /// <summary>How the last runs of these ended, and when; of those that have not run, nothing.</summary>
    internal Task<Dictionary<string, (string State, long At)>> LastRunsAsync(
        IReadOnlyList<string> monitors, CancellationToken cancellation) => database.ReadAsync(
            async connection => (await connection.QueryAsync<(string Name, string? State, long? At)>($"""
                SELECT name, {MonitorFilterQuery.LastState}, {LastAt} FROM monitors m WHERE {database.In("name", "monitors")}
                """, new { monitors }))
                .Where(static one => one.State is not null).ToDictionary(static one => one.Name, static one => (one.State!, one.At!.Value)),
            cancellation);

    /// <summary>A part of them, however many there are.</summary>
    public async Task<IReadOnlyList<StoredMonitor>> PageAsync(MonitorFilterQuery filter, CancellationToken cancellation) =>
        database.MayExist ? await database.ReadAsync(filter.PageAsync, cancellation) : [];

    /// <summary>How many there are on all pages.</summary>
    public async Task<long> CountAsync(MonitorFilterQuery filter, CancellationToken cancellation) =>
        database.MayExist ? await database.ReadAsync(filter.CountAsync, cancellation) : 0;

    /// <summary>How many there are, and which of them are not well.</summary>
    public async Task<MonitorHealth> HealthAsync(CancellationToken cancellation) => !database.MayExist
        ? new(0, [])
        : await database.ReadAsync(static async connection => new MonitorHealth(
            await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM monitors WHERE deleted_at IS NULL"),
            [
                .. await connection.QueryAsync<string>(
                    $"SELECT name FROM monitors m WHERE deleted_at IS NULL AND {MonitorFilterQuery.IsIll} ORDER BY name"),
            ]), cancellation);

    /// <summary>The names of those that were deleted.</summary>
    internal async Task<IReadOnlySet<string>> DeletedAsync(CancellationToken cancellation) => await database.ReadAsync(
        static async connection => (await connection.QueryAsync<string>("SELECT name FROM monitors WHERE deleted_at IS NOT NULL"))
            .ToHashSet(StringComparer.Ordinal),
        cancellation);

    /// <summary>Null when there is none of this name.</summary>
    public async Task<StoredMonitor?> FindAsync(string name, CancellationToken cancellation) => !database.MayExist
        ? null
        : await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<StoredMonitor?>(
                $"SELECT {Columns} FROM monitors m WHERE name = @name AND deleted_at IS NULL", new { name }),
            cancellation);

    /// <summary>A revision's document, whatever became of the monitor; null when it is not kept.</summary>
    public Task<string?> DocumentAsync(string name, long revision, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<string?>(
            "SELECT document FROM monitor_revisions WHERE name = @name AND revision = @revision", new { name, revision }),
        cancellation);

    /// <summary>What applying would change.</summary>
    internal static async Task<DocumentChange> PlanAsync(DbConnection connection, MonitorDocument monitor, DbTransaction? transaction)
    {
        var known = await connection.QuerySingleOrDefaultAsync<(string Document, long Revision, long? DeletedAt)?>(
            "SELECT document, revision, deleted_at FROM monitors WHERE name = @Name", new { monitor.Name }, transaction);
        var before = known is { DeletedAt: null } there ? there.Document : null;
        var revision = (known?.Revision ?? 0) + (before == monitor.Canonical ? 0 : 1);
        return new(MonitorReader.Kind, monitor.Name, before, monitor.Canonical, revision);
    }

    internal async Task WriteAsync(DbTransaction transaction, DocumentChange change, string actor)
    {
        var values = new
        {
            change.Name,
            change.Revision,
            Document = change.After,
            actor,
            Now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        // A monitor that comes back begins anew; one that changes goes on where it is.
        await transaction.Connection!.ExecuteAsync("""
            INSERT INTO monitors (name, revision, document, applied_at) VALUES (@Name, @Revision, @Document, @Now)
            ON CONFLICT (name) DO UPDATE SET revision = @Revision, document = @Document, applied_at = @Now,
                next_from = CASE WHEN monitors.deleted_at IS NULL THEN monitors.next_from ELSE NULL END, deleted_at = NULL
            """, values, transaction);
        await transaction.Connection!.ExecuteAsync("""
            INSERT INTO monitor_revisions (name, revision, document, applied_at, actor) VALUES (@Name, @Revision, @Document, @Now, @actor)
            """, values, transaction);
    }

    /// <summary>
    /// Whoever changes incidents of a monitor has it first, so that who deletes it sees all of them, and neither waits for the other.
    /// </summary>
    /// <returns>Its document; null where there is none.</returns>
    internal static Task<string?> LockAsync(DbTransaction transaction, string name) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<string?>(
            Database.Locking(transaction, "SELECT document FROM monitors WHERE name = @name AND deleted_at IS NULL"), new { name },
            transaction);

    /// <returns>Whether there was one.</returns>
    internal async Task<bool> DeleteAsync(DbTransaction transaction, string name) =>
        await transaction.Connection!.ExecuteAsync(
            "UPDATE monitors SET deleted_at = @now WHERE name = @name AND deleted_at IS NULL",
            new { name, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, transaction) > 0;
}
