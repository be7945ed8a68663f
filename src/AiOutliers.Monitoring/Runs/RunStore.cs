using System.Data.Common;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Runs;

/// <summary>The runs of the database: one row a window.</summary>
public sealed class RunStore(Database database)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<StoredRun>> ListAsync(string monitor, int limit, CancellationToken cancellation) => !database.MayExist
        ? []
        : await database.ReadAsync<IReadOnlyList<StoredRun>>(
            async connection =>
            [
                .. await connection.QueryAsync<StoredRun>(
                    "SELECT * FROM runs WHERE monitor = @monitor ORDER BY window_to DESC, id DESC LIMIT @limit", new { monitor, limit }),
            ],
            cancellation);

    /// <summary>
    /// Writes how a window stands. A window that is over is not written again: of two schedulers that judged it, the second changes
    /// nothing.
    /// </summary>
    /// <returns>Whether it was written.</returns>
    internal static async Task<bool> SaveAsync(DbTransaction transaction, StoredRun run) => await transaction.Connection!.ExecuteAsync("""
        INSERT INTO runs (monitor, revision, window_from, window_to, attempt, state, reason, rows_read, judged, not_judged, incidents,
            source_milliseconds, judging_milliseconds, finished_at)
        VALUES (@Monitor, @Revision, @WindowFrom, @WindowTo, 1, @State, @Reason, @RowsRead, @Judged, @NotJudged, @Incidents,
            @SourceMilliseconds, @JudgingMilliseconds, @FinishedAt)
        ON CONFLICT (monitor, revision, window_from) DO UPDATE SET attempt = runs.attempt + 1, window_to = @WindowTo, state = @State,
            reason = @Reason, rows_read = @RowsRead, judged = @Judged, not_judged = @NotJudged, incidents = @Incidents,
            source_milliseconds = @SourceMilliseconds, judging_milliseconds = @JudgingMilliseconds, finished_at = @FinishedAt
        WHERE runs.state IN ('waiting', 'failed')
        """, run, transaction) > 0;

    /// <summary>The first window of a monitor that has to wait stays the first.</summary>
    internal static Task<int> PinAsync(DbTransaction transaction, StoredRun run) => transaction.Connection!.ExecuteAsync(
        "UPDATE monitors SET next_from = @WindowFrom WHERE name = @Monitor AND next_from IS NULL AND deleted_at IS NULL", run, transaction);

    /// <summary>Moves the monitor on to the next window.</summary>
    /// <returns>False when somebody else has done so, or the monitor was changed or deleted meanwhile.</returns>
    internal static async Task<bool> AdvanceAsync(DbTransaction transaction, StoredRun run, long? nextFrom) =>
        await transaction.Connection!.ExecuteAsync("""
            UPDATE monitors SET next_from = @WindowTo
            WHERE name = @Monitor AND revision = @Revision AND deleted_at IS NULL AND COALESCE(next_from, -1) = @expected
            """, new { run.WindowTo, run.Monitor, run.Revision, expected = nextFrom ?? -1 }, transaction) > 0;

    /// <summary>The judged windows that end after a time, the oldest first.</summary>
    internal Task<IReadOnlyList<StoredRun>> JudgedSinceAsync(string monitor, long since, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<StoredRun>>(
            async connection =>
            [
                .. await connection.QueryAsync<StoredRun>(
                    "SELECT * FROM runs WHERE monitor = @monitor AND window_to > @since AND state IN ('done', 'incomplete', 'no-data') "
                    + "ORDER BY window_from", new { monitor, since }),
            ],
            cancellation);

    /// <summary>The stretch that was missed first and not made up for; null where nothing was.</summary>
    internal Task<StoredRun?> FirstSkippedAsync(string monitor, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QueryFirstOrDefaultAsync<StoredRun?>(
            "SELECT * FROM runs WHERE monitor = @monitor AND state = 'skipped' ORDER BY window_from LIMIT 1", new { monitor }),
        cancellation);

    /// <summary>A window that was judged is judged again.</summary>
    /// <returns>False when somebody else has done so.</returns>
    internal static async Task<bool> ReplaceAsync(DbTransaction transaction, StoredRun run, long attempt, long rowsCounted) =>
        await transaction.Connection!.ExecuteAsync("""
            UPDATE runs SET attempt = attempt + 1, state = @State, reason = @Reason, rows_read = @RowsRead, judged = @Judged,
                not_judged = @NotJudged, incidents = @Incidents, source_milliseconds = @SourceMilliseconds,
                judging_milliseconds = @JudgingMilliseconds, finished_at = @FinishedAt, rows_counted = @rowsCounted
            WHERE monitor = @Monitor AND revision = @Revision AND window_from = @WindowFrom AND attempt = @attempt
            """,
            new
            {
                run.State,
                run.Reason,
                run.RowsRead,
                run.Judged,
                run.NotJudged,
                run.Incidents,
                run.SourceMilliseconds,
                run.JudgingMilliseconds,
                run.FinishedAt,
                run.Monitor,
                run.Revision,
                run.WindowFrom,
                attempt,
                rowsCounted,
            },
            transaction) > 0;

    /// <summary>Remembers how many rows the data source has of a window.</summary>
    internal static Task<int> CountedAsync(DbTransaction transaction, StoredRun run, long rowsCounted) =>
        transaction.Connection!.ExecuteAsync(
            "UPDATE runs SET rows_counted = @rowsCounted WHERE monitor = @Monitor AND revision = @Revision AND window_from = @WindowFrom",
            new { run.Monitor, run.Revision, run.WindowFrom, rowsCounted }, transaction);

    /// <summary>What was skipped gives way to what is made up for.</summary>
    internal static async Task UnskipAsync(DbTransaction transaction, string monitor, Window window)
    {
        var values = new { monitor, window.From, window.To };
        // A stretch of which the middle is filled falls into two.
        await transaction.Connection!.ExecuteAsync("""
            INSERT INTO runs (monitor, revision, window_from, window_to, attempt, state, reason, rows_read, judged, incidents,
                source_milliseconds, judging_milliseconds, finished_at)
            SELECT monitor, revision, @To, window_to, 1, state, reason, 0, 0, 0, 0, 0, finished_at FROM runs
            WHERE monitor = @monitor AND state = 'skipped' AND window_from < @From AND window_to > @To
            """, values, transaction);
        await transaction.Connection!.ExecuteAsync("""
            DELETE FROM runs WHERE monitor = @monitor AND state = 'skipped' AND window_from >= @From AND window_to <= @To
            """, values, transaction);
        await transaction.Connection!.ExecuteAsync("""
            UPDATE runs SET window_from = CASE WHEN window_from >= @From THEN @To ELSE window_from END,
                window_to = CASE WHEN window_from < @From THEN @From ELSE window_to END
            WHERE monitor = @monitor AND state = 'skipped' AND window_from < @To AND window_to > @From
            """, values, transaction);
    }

    /// <summary>
    /// The clock was ahead: what was judged of times that have not come yet is forgotten, and the monitor goes back to where that began.
    /// </summary>
    internal static async Task RewindAsync(DbTransaction transaction, string monitor, long now)
    {
        var first = await transaction.Connection!.ExecuteScalarAsync<long?>(
            "SELECT MIN(window_from) FROM runs WHERE monitor = @monitor AND window_to > @now", new { monitor, now }, transaction);
        await transaction.Connection!.ExecuteAsync(
            "DELETE FROM runs WHERE monitor = @monitor AND window_to > @now", new { monitor, now }, transaction);
        await transaction.Connection!.ExecuteAsync(
            "UPDATE monitors SET next_from = @first WHERE name = @monitor AND next_from > @now", new { monitor, now, first }, transaction);
    }
}
