using System.Data.Common;
using System.Globalization;
using AiOutliers.Detection;
using Dapper;

namespace AiOutliers.Monitoring.Storage;

/// <summary>
/// Brings the schema up to date by numbered scripts, all in one transaction under a lock: of several programs that start at once one does
/// it, and half of it is never seen. By hand, because the libraries for it hold no lock and need a package per database.
/// </summary>
public static class Schema
{
    private static readonly IReadOnlyList<(int Number, string Name)> Scripts = Find();

    /// <summary>The number of the last script.</summary>
    public static int Newest => Scripts[^1].Number;

    /// <returns>The schema before; 0 for an empty database.</returns>
    /// <exception cref="AiOutliersException">The database has scripts that this program does not know.</exception>
    internal static async Task<int> UpdateAsync(
        DbConnection connection, DatabaseAddress address, TimeProvider clock, CancellationToken cancellation)
    {
        if (await PresentAsync(connection) == Newest)
            return Newest;
        // SQLite begins with the write lock; PostgreSQL needs one.
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!address.IsSqlite)
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@number)", new { number = (long)DatabaseLock.Schema }, transaction);
        await connection.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_versions (number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)",
            transaction: transaction);
        var present = await connection.ExecuteScalarAsync<long?>("SELECT MAX(number) FROM schema_versions", transaction: transaction) ?? 0;
        if (present > Newest)
            throw new AiOutliersException(ErrorKind.BadConfiguration,
                $"the database ({address}) has schema {present}, and this program knows schemas up to {Newest}: "
                + "it was used by a newer one; "
                + "install that, or take a backup from before");
        foreach (var (number, name) in Scripts.Where(script => script.Number > present && IsFor(address, script.Name)))
        {
            // An index over a million rows takes longer than the usual half minute.
            await connection.ExecuteAsync(
                Text(name).Replace("$identity$", Identity(address)), transaction: transaction, commandTimeout: 0);
            await connection.ExecuteAsync(
                "INSERT INTO schema_versions (number, name, applied_at) VALUES (@number, @name, @now)",
                new { number = (long)number, name, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);
        }
        await transaction.CommitAsync(cancellation);
        return (int)present;
    }

    /// <summary>
    /// Without a lock, and without writing: a user, or a file, that may only be read is enough to look at what is there. Null where it is
    /// not there; what else is wrong the update tells.
    /// </summary>
    private static async Task<long?> PresentAsync(DbConnection connection)
    {
        try
        {
            return await connection.ExecuteScalarAsync<long?>("SELECT MAX(number) FROM schema_versions");
        }
        catch (DbException)
        {
            return null;
        }
    }

    /// <summary>Some scripts have a dialect in their names.</summary>
    private static bool IsFor(DatabaseAddress address, string name) =>
        !name.EndsWith(address.IsSqlite ? ".postgresql.sql" : ".sqlite.sql", StringComparison.Ordinal);

    private static string Identity(DatabaseAddress address) =>
        address.IsSqlite ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    private static (int, string)[] Find() =>
    [
        .. typeof(Schema).Assembly.GetManifestResourceNames()
            .Where(static name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static name => (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name)),
    ];

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
