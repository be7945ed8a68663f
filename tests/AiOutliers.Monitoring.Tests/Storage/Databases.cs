using AiOutliers.Monitoring.Storage;
using Dapper;
using Npgsql;

namespace AiOutliers.Monitoring.Tests.Storage;

/// <summary>New databases of both kinds, for one test class; PostgreSQL is started when the first test needs it.</summary>
public sealed class Databases : IAsyncDisposable
{
    public const string Sqlite = "sqlite", Postgres = "postgres";

    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _starting = new(1);
    private PostgresServer? _server;
    private int _count;

    public static TheoryData<string> Kinds => [Sqlite, Postgres];

    public async Task<DatabaseAddress> CreateAsync(string kind)
    {
        var name = $"test{Interlocked.Increment(ref _count)}";
        if (kind == Sqlite)
            return DatabaseAddress.Parse($"sqlite:{Path.Combine(_folder.Path, name)}.db");
        await _starting.WaitAsync();
        try
        {
            _server ??= await PostgresServer.StartAsync();
        }
        finally
        {
            _starting.Release();
        }
        await using var connection = new NpgsqlConnection(_server.ConnectionString("postgres"));
        await connection.ExecuteAsync($"CREATE DATABASE {name}");
        return DatabaseAddress.Parse(_server.ConnectionString(name));
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }
}
