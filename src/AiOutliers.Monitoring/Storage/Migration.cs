using System.Data.Common;
using System.Globalization;
using AiOutliers.Detection;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace AiOutliers.Monitoring.Storage;

/// <summary>
/// Copies everything of a SQLite database into an empty PostgreSQL one, in one transaction: all of it is there afterwards, or nothing.
/// </summary>
public sealed class Migration(Database source, Database target, TimeProvider clock)
{
    /// <returns>The rows of each table.</returns>
    /// <exception cref="AiOutliersException">
    /// The source is not SQLite or is being worked on, or the target is not an empty PostgreSQL database.
    /// </exception>
    public async Task<IReadOnlyList<(string Table, long Rows)>> RunAsync(CancellationToken cancellation)
    {
        if (!source.Address.IsSqlite || target.Address.IsSqlite)
            throw new AiOutliersException(
                ErrorKind.BadInput, $"from SQLite to PostgreSQL, and this is from {source.Address} to {target.Address}");
        if (!source.MayExist)
            throw new AiOutliersException(ErrorKind.BadInput, $"{source.Address} does not exist, so nothing can be copied");
        return await source.ReadAsync(async from =>
        {
            // One view of all tables, whoever writes meanwhile.
            await using var view = ((SqliteConnection)from).BeginTransaction(deferred: true);
            await RequireIdleAsync(view);
            return await target.WriteAsync(async to =>
            {
                await target.LockAsync(to, DatabaseLock.Schema);
                await RequireEmptyAsync(to);
                var counts = new List<(string, long)>();
                foreach (var table in Maintenance.Tables)
                    counts.Add((table, await CopyAsync(view, to, table, cancellation)));
                return counts;
            }, cancellation);
        }, cancellation);
    }

    /// <summary>What a running service changes after the copy would be lost.</summary>
    private async Task RequireIdleAsync(DbTransaction view)
    {
        var held = await view.Connection!.QueryFirstOrDefaultAsync<string>(
            "SELECT name FROM leases WHERE until_at BETWEEN @now AND @now + @Tolerance LIMIT 1",
            new { now = clock.GetUtcNow().ToUnixTimeMilliseconds(), WrongClock.Tolerance }, view);
        if (held is not null)
            throw new AiOutliersException(
                ErrorKind.BadInput, $"a service works on {source.Address} ({held}): stop it, so that nothing is changed after the copy");
    }

    private async Task RequireEmptyAsync(DbTransaction to)
    {
        foreach (var table in Maintenance.Tables)
        {
            if (await to.Connection!.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table})", transaction: to))
                throw new AiOutliersException(
                    ErrorKind.BadInput, $"{target.Address} is not empty: it has rows in {table}; nothing was copied");
        }
    }

    private static async Task<long> CopyAsync(DbTransaction view, DbTransaction to, string table, CancellationToken cancellation)
    {
        var connection = (NpgsqlConnection)to.Connection!;
        await using var command = view.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = ($"SELECT * FROM {table}", view);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var columns = Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).ToList();
        var types = await TypesAsync(to, table);
        var count = 0L;
        await using (var writer = await connection.BeginBinaryImportAsync(
            $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancellation))
        {
            for (; await rows.ReadAsync(cancellation); count++)
            {
                await writer.StartRowAsync(cancellation);
                for (var column = 0; column < columns.Count; column++)
                    await WriteAsync(writer, rows.GetValue(column), types[columns[column]], cancellation);
            }
            await writer.CompleteAsync(cancellation);
        }
        if (columns.Contains("id") && types["id"] == NpgsqlDbType.Bigint)
            await connection.ExecuteAsync(
                $"SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE(MAX(id), 1), MAX(id) IS NOT NULL) FROM {table}",
                transaction: to);
        return count;
    }

    private static async Task<Dictionary<string, NpgsqlDbType>> TypesAsync(DbTransaction to, string table) =>
        (await to.Connection!.QueryAsync<(string Name, string Type)>(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = @table",
            new { table }, to))
        .ToDictionary(static column => column.Name, static column => column.Type switch
        {
            "bigint" => NpgsqlDbType.Bigint,
            "double precision" => NpgsqlDbType.Double,
            _ => NpgsqlDbType.Text,
        }, StringComparer.Ordinal);

    private static Task WriteAsync(NpgsqlBinaryImporter writer, object value, NpgsqlDbType type, CancellationToken cancellation)
    {
        var culture = CultureInfo.InvariantCulture;
        return value switch
        {
            DBNull => writer.WriteNullAsync(cancellation),
            _ when type == NpgsqlDbType.Bigint => writer.WriteAsync(Convert.ToInt64(value, culture), type, cancellation),
            _ when type == NpgsqlDbType.Double => writer.WriteAsync(Convert.ToDouble(value, culture), type, cancellation),
            // A text of PostgreSQL cannot hold a zero.
            _ => writer.WriteAsync(Convert.ToString(value, culture)!.Replace('\0', '\uFFFD'), type, cancellation),
        };
    }
}
