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
}
