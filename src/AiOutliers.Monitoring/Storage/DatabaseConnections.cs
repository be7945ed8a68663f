using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AiOutliers.Monitoring.Storage;

/// <summary>Opens connections; those that were closed are kept for later.</summary>
internal sealed class DatabaseConnections(DatabaseAddress address) : IAsyncDisposable
{
    private readonly DbDataSource? _source = address.IsSqlite ? null : PostgresSource.Of(address.ConnectionString);

    public async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        DbConnection connection = _source is null ? new SqliteConnection(address.ConnectionString) : _source.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellation);
            // SQLite's own knows the letters of ASCII only.
            (connection as SqliteConnection)?.CreateFunction(
                "lower", static (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Those that are kept are dead when the server was gone. Those of a file stay what they were when they were opened: read-only, or of a
    /// file that was replaced since.
    /// </summary>
    public void Forget()
    {
        if (_source is not null)
        {
            PostgresSource.Forget(_source);
            return;
        }
        using var any = new SqliteConnection(address.ConnectionString);
        SqliteConnection.ClearPool(any);
    }

    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;
}
