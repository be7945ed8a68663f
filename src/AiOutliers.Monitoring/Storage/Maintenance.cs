using System.Data.Common;
using System.Globalization;
using AiOutliers.Detection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AiOutliers.Monitoring.Storage;

/// <summary>What a database holds, copies of it, and what is too old to be kept.</summary>
public sealed class Maintenance(Database database, TimeProvider clock)
{
    private const string Series = "incident_series";

    internal static readonly string[] Tables =
        ["monitors", "monitor_revisions", "runs", Series, "incidents", "incident_events", "alert_documents", "outbox", "audit"];

    private static readonly (string Table, string Key, string Condition)[] Old =
    [
        ("runs", "id", "finished_at < @before"),
        ("incidents", "id", "closed_at < @before"),
        (Series, "id", "NOT EXISTS (SELECT 1 FROM incidents WHERE series = incident_series.id)"),
        ("outbox", "id", "created_at < @before AND state <> 'waiting'"),
        ("audit", "id", "at < @before"),
    ];

    private const int Piece = 5000;

    /// <summary>Schema, size and rows, for people.</summary>
    public Task<IReadOnlyList<(string Name, string Value)>> InfoAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<(string, string)>>(async connection =>
        {
            var schema = await connection.ExecuteScalarAsync<long>("SELECT MAX(number) FROM schema_versions");
            var bytes = database.Address.IsSqlite
                ? new FileInfo(database.Address.File!).Length
                : await connection.ExecuteScalarAsync<long>("SELECT pg_database_size(current_database())");
            var facts = new List<(string, string)>
            {
                ("schema", Number(schema)), ("size", string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB")),
            };
            foreach (var table in Tables)
                facts.Add((table, Number(await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}"))));
            return facts;
        }, cancellation);

    /// <exception cref="AiOutliersException">It is PostgreSQL, whose own tools do that, or the file is there already.</exception>
    public async Task BackupAsync(string file, CancellationToken cancellation)
    {
        if (!database.Address.IsSqlite)
            throw new AiOutliersException(ErrorKind.BadInput, "a PostgreSQL database is backed up by its own tools, such as pg_dump");
        if (File.Exists(file))
            throw new AiOutliersException(ErrorKind.BadInput, $"'{file}' exists already");
        if (!database.MayExist)
            throw new AiOutliersException(ErrorKind.BadInput, $"{database.Address} does not exist yet");
        await database.ReadAsync(async connection =>
        {
            await SqliteCopy.WriteAsync((SqliteConnection)connection, database.Address.File!, file, cancellation);
            return true;
        }, cancellation);
    }

    /// <summary>Deletes runs, closed incidents with their history, and alerts that are older.</summary>
    /// <returns>How many rows.</returns>
    public async Task<int> DeleteOldAsync(TimeSpan keep, CancellationToken cancellation)
    {
        var before = (clock.GetUtcNow() - keep).ToUnixTimeMilliseconds();
        var count = 0;
        foreach (var (table, key, condition) in Old)
        {
            // In pieces: others write between them.
            for (var deleted = Piece; deleted == Piece; count += deleted)
                deleted = await database.WriteAsync(transaction => DeleteAsync(transaction, table, key, condition, before), cancellation);
        }
        return count;
    }

    private async Task<int> DeleteAsync(DbTransaction transaction, string table, string key, string condition, long before)
    {
        if (table == Series)
            await database.LockAsync(transaction, DatabaseLock.Series);
        return await transaction.Connection!.ExecuteAsync(
            $"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE {condition} LIMIT {Piece})", new { before }, transaction);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
