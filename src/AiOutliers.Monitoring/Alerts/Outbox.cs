using System.Data.Common;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// Messages that were not sent yet. A batch is claimed for a while, so that of several nodes one sends it; of one incident and contact
/// nothing is sent before what came earlier.
/// </summary>
internal sealed class Outbox(Database database, TimeProvider clock)
{
    /// <summary>Longer than a delivery may take: what a dead node has claimed, another sends after this.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);

    /// <summary>
    /// With the pauses between them a day; then somebody has to look: the row is parked and shown. Not by the clock: one that was wrong, or
    /// a node that slept, would park what was hardly tried.
    /// </summary>
    internal const int MostAttempts = 150;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMinutes(10);

    private const int MostTogether = 100;

    /// <summary>A message waits for the earlier ones about its incident that the contact has not taken yet.</summary>
    private const string IsNext = """
        NOT EXISTS (SELECT 1 FROM outbox e WHERE e.incident = o.incident AND e.contact = o.contact AND e.state = 'waiting'
            AND e.id < o.id AND (o.batch IS NULL OR e.batch IS NULL OR e.batch <> o.batch))
        """;

    /// <summary>Of a row that a clock was ahead for when it was written, or tried, nobody knows when it is due: it is now.</summary>
    private const string IsDue = """
        (due_at <= @now OR created_at > @ahead OR attempts > 0 AND due_at > @ahead)
        """;

    /// <summary>The next batch that may be sent; empty when there is none.</summary>
    /// <param name="busy">Contacts that are being sent to.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<OutboxRow>> ClaimAsync(IReadOnlyCollection<string> busy, CancellationToken cancellation) =>
        !database.MayExist ? [] : await database.WriteAsync<IReadOnlyList<OutboxRow>>(async transaction =>
        {
            // One claims at a time: two that chose overlapping rows would split a batch.
            await database.LockAsync(transaction, DatabaseLock.Outbox);
            var now = Now();
            var first = await transaction.Connection!.QueryFirstOrDefaultAsync<OutboxRow>($"""
                SELECT * FROM outbox o
                WHERE state = 'waiting' AND {IsDue} AND (claimed_until IS NULL OR claimed_until NOT BETWEEN @now AND @ahead)
                    AND NOT {database.In("contact", "busy")} AND {IsNext}
                ORDER BY id LIMIT 1
                """, new { now, ahead = now + WrongClock.Tolerance, busy = busy.ToArray() }, transaction);
            if (first is null)
                return [];
            var batch = first.Batch ?? first.IdempotencyKey;
            var together = await TogetherAsync(transaction, first, now);
            await transaction.Connection!.ExecuteAsync(
                $"UPDATE outbox SET claimed_until = @until, batch = @batch, attempts = attempts + 1 WHERE {database.In("id", "ids")}",
                new { until = now + (long)Claim.TotalMilliseconds, batch, ids = together.Select(static row => row.Id).ToArray() },
                transaction);
            return [.. together.Select(row => row with { Batch = batch })];
        }, cancellation);

    public Task<int> DeliveredAsync(IReadOnlyList<OutboxRow> batch, CancellationToken cancellation) => WriteAsync(
        "UPDATE outbox SET state = 'delivered', delivered_at = @now, claimed_until = NULL, last_error = NULL WHERE batch = @batch",
        batch[0].Batch!, "", 0, cancellation);

    /// <summary>Tried again after a pause that grows, or parked after a day.</summary>
    public Task<int> FailedAsync(IReadOnlyList<OutboxRow> batch, string reason, CancellationToken cancellation)
    {
        var before = batch.Max(static row => row.Attempts);
        var pause = Math.Min(LongestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(20, before)));
        var state = before + 1 < MostAttempts ? OutboxRow.Waiting : OutboxRow.Parked;
        return WriteAsync($"""
            UPDATE outbox SET state = '{state}', due_at = @due, claimed_until = NULL, last_error = @reason
            WHERE batch = @batch AND state = 'waiting'
            """, batch[0].Batch!, reason, Now() + (long)pause, cancellation);
    }

    /// <summary>What is parked for a contact waits again, as if it had not been tried.</summary>
    /// <returns>How many.</returns>
    public Task<int> RetryAsync(string contact, Actor actor, CancellationToken cancellation) => ChangeParkedAsync(
        "UPDATE outbox SET state = 'waiting', attempts = 0, due_at = @now WHERE contact = @contact AND state = 'parked'",
        "retry", contact, actor, cancellation);

    /// <summary>What is parked for a contact is given up.</summary>
    /// <returns>How many.</returns>
    public Task<int> DropAsync(string contact, Actor actor, CancellationToken cancellation) => ChangeParkedAsync(
        "DELETE FROM outbox WHERE contact = @contact AND state = 'parked'", "drop", contact, actor, cancellation);

    /// <summary>Who is not there any more is told nothing.</summary>
    public static Task<int> ForgetAsync(DbTransaction transaction, string contact) => transaction.Connection!.ExecuteAsync(
        "DELETE FROM outbox WHERE contact = @contact AND state <> 'delivered'", new { contact }, transaction);

    /// <summary>By contact: how many wait, and how many are parked.</summary>
    public async Task<IReadOnlyDictionary<string, (long Waiting, long Parked)>> CountsAsync(CancellationToken cancellation) =>
        !database.MayExist ? new Dictionary<string, (long, long)>() : await database.ReadAsync(static async connection =>
            (await connection.QueryAsync<(string Contact, long Waiting, long Parked)>("""
                SELECT contact, SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'parked' THEN 1 ELSE 0 END)
                FROM outbox WHERE state <> 'delivered' GROUP BY contact
                """)).ToDictionary(static one => one.Contact, static one => (one.Waiting, one.Parked), StringComparer.Ordinal),
            cancellation);

    /// <summary>The newest first; those of one state, or all.</summary>
    public Task<IReadOnlyList<OutboxRow>> ListAsync(string? state, int limit, CancellationToken cancellation) =>
        ReadAsync(state is null ? "" : "WHERE state = @value", state, limit, cancellation);

    /// <summary>What is told of one incident, newest first.</summary>
    public Task<IReadOnlyList<OutboxRow>> ListOfAsync(string incident, int limit, CancellationToken cancellation) =>
        ReadAsync("WHERE incident = @value", incident, limit, cancellation);

    private async Task<IReadOnlyList<OutboxRow>> ReadAsync(string where, string? value, int limit, CancellationToken cancellation) =>
        !database.MayExist
            ? []
            : await database.ReadAsync<IReadOnlyList<OutboxRow>>(
                async connection =>
                [
                    .. await connection.QueryAsync<OutboxRow>(
                        $"SELECT * FROM outbox {where} ORDER BY id DESC LIMIT @limit", new { value, limit }),
                ],
                cancellation);

    /// <summary>Of a batch that was sent before all its rows; of a new one, what waits for the same contact and group.</summary>
    private static async Task<List<OutboxRow>> TogetherAsync(DbTransaction transaction, OutboxRow first, long now)
    {
        var same = first.Batch is null
            ? $"batch IS NULL AND contact = @Contact AND group_key = @GroupKey AND {IsDue} AND {IsNext}"
            : "batch = @Batch";
        var rows = await transaction.Connection!.QueryAsync<OutboxRow>(
            $"SELECT * FROM outbox o WHERE state = 'waiting' AND {same} ORDER BY id LIMIT {MostTogether}",
            new { first.Contact, first.GroupKey, first.Batch, now, ahead = now + WrongClock.Tolerance }, transaction);
        // One word an incident: its end waits for the next message.
        return [.. rows.DistinctBy(static row => row.Incident)];
    }

    private Task<int> ChangeParkedAsync(string sql, string verb, string contact, Actor actor, CancellationToken cancellation) =>
        database.WriteAsync(async transaction =>
        {
            var count = await transaction.Connection!.ExecuteAsync(sql, new { contact, now = Now() }, transaction);
            if (count > 0)
                await Audit.WriteAsync(transaction, clock, actor, verb, $"{ContactDocument.Kind}/{contact}", null, $"{count} alerts");
            return count;
        }, cancellation);

    private Task<int> WriteAsync(string sql, string batch, string reason, long due, CancellationToken cancellation) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(sql, new { now = Now(), batch, reason, due }, transaction), cancellation);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
