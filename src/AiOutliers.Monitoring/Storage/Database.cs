using System.Data.Common;
using AiOutliers.Detection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AiOutliers.Monitoring.Storage;

/// <summary>
/// The database of monitors, incidents and alerts. Nothing is opened before the first statement; then the schema is brought up to date,
/// under a lock.
/// </summary>
public sealed class Database(DatabaseAddress address, TimeProvider clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private readonly DatabaseConnections _connections = new(address);
    private bool _isReady;

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public DatabaseAddress Address => address;

    /// <summary>Whether there may be something in it: a file that was never there holds nothing, and reading must not make it.</summary>
    public bool MayExist => _isReady || address.File is not { } file || File.Exists(file);

    /// <summary>The schema that it had when it was opened first; null until then.</summary>
    public int? SchemaBefore { get; private set; }

    /// <summary>Why a write failed, until one works: what is only read says nothing of a disk that is full.</summary>
    public string? WriteFailure { get; private set; }

    /// <exception cref="AiOutliersException">It cannot be opened, or a newer program has changed its schema.</exception>
    public async Task<DbConnection> ConnectAsync(CancellationToken cancellation)
    {
        if (_isReady && address.File is { } file && !File.Exists(file))
        {
            Forget();
            throw new AiOutliersException(ErrorKind.ClusterFailed, $"the database ({address}) was removed while it was used");
        }
        if (!_isReady)
            await PrepareAsync(cancellation);
        return await _connections.OpenAsync(cancellation);
    }

    /// <summary>Reads.</summary>
    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation) => GuardedAsync(async () =>
    {
        await using var connection = await ConnectAsync(cancellation);
        return await read(connection);
    });

    /// <summary>All of it is written, or nothing.</summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellation)
    {
        try
        {
            return await GuardedAsync(async () =>
            {
                await using var connection = await ConnectAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var result = await write(transaction);
                await transaction.CommitAsync(cancellation);
                return result;
            });
        }
        catch (AiOutliersException error) when (error.Kind == ErrorKind.ClusterFailed)
        {
            WriteFailure = error.Message;
            throw;
        }
    }

    /// <summary>
    /// After a write that failed: whether one works again. Of others nobody knows whether they have changed anything.
    /// </summary>
    /// <exception cref="AiOutliersException">It does not.</exception>
    internal async Task TryWriteAsync(CancellationToken cancellation)
    {
        if (WriteFailure is null)
            return;
        await WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("""
                INSERT INTO leases (name, owner, until_at) VALUES ('written', '', 1)
                ON CONFLICT (name) DO UPDATE SET until_at = leases.until_at + 1
                """, transaction: transaction),
            cancellation);
        WriteFailure = null;
    }

    /// <summary>Until the transaction ends, nobody else has this lock. SQLite begins every transaction with the only one it has.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="which">The lock.</param>
    /// <param name="shared">Any number may have it at once, where nobody has it alone.</param>
    internal async Task LockAsync(DbTransaction transaction, DatabaseLock which, bool shared = false)
    {
        if (!address.IsSqlite)
            await transaction.Connection!.ExecuteAsync(
                $"SELECT pg_advisory_xact_lock{(shared ? "_shared" : "")}(@number)", new { number = (long)which }, transaction);
    }

    /// <summary>Nobody else changes the rows before the transaction ends. A transaction of SQLite has the whole database.</summary>
    internal static string Locking(DbTransaction transaction, string select) =>
        transaction.Connection is SqliteConnection ? select : $"{select} FOR UPDATE";

    /// <summary>Whether a column is one of a parameter's values; false where there are none.</summary>
    internal string In(string column, string parameter) => address.IsSqlite ? $"{column} IN @{parameter}" : $"{column} = ANY(@{parameter})";

    public async ValueTask DisposeAsync()
    {
        _opening.Dispose();
        await _connections.DisposeAsync();
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_isReady)
                return;
            if (Path.GetDirectoryName(address.File) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            await using var connection = await _connections.OpenAsync(cancellation);
            if (address.IsSqlite)
                await connection.ExecuteAsync("PRAGMA journal_mode = WAL");
            var before = await Schema.UpdateAsync(connection, address, clock, cancellation);
            SchemaBefore ??= before;
            _isReady = true;
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            Forget();
            throw new AiOutliersException(ErrorKind.ClusterFailed, $"the database ({address}) failed: {DatabaseWords.Of(error)}", error);
        }
    }

    /// <summary>The next connection may find another server or file, or one that can be written again.</summary>
    private void Forget()
    {
        _connections.Forget();
        _isReady = false;
    }
}
