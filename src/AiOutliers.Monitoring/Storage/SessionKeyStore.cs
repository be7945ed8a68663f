using Dapper;

namespace AiOutliers.Monitoring.Storage;

/// <summary>The keys that protect the sessions of browsers, for all nodes. They are secrets: nothing else reads them.</summary>
public sealed class SessionKeyStore(Database database, TimeProvider clock)
{
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) => !database.MayExist
        ? []
        : await database.ReadAsync<IReadOnlyList<string>>(
            static async connection => [.. await connection.QueryAsync<string>("SELECT content FROM session_keys ORDER BY name")],
            cancellation);

    public Task<int> AddAsync(string name, string content, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO session_keys (name, content, created_at) VALUES (@name, @content, @now)",
            new { name, content, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, transaction),
        cancellation);
}
