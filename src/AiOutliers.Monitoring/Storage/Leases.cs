using Dapper;

namespace AiOutliers.Monitoring.Storage;

/// <summary>
/// The right to work on something for a while. It saves work that another does; that nothing is done twice is what the database's own
/// constraints hold.
/// </summary>
internal sealed class Leases(Database database, TimeProvider clock)
{
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <returns>Whether it is ours now, because nobody had it, or we did.</returns>
    public Task<bool> TryTakeAsync(string name, TimeSpan span, CancellationToken cancellation) => database.WriteAsync(async transaction =>
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var values = new
        {
            name,
            owner = _owner,
            now,
            until = now + (long)span.TotalMilliseconds,
            // Whoever took it by a clock that was ahead may be gone.
            ahead = now + WrongClock.Tolerance,
        };
        return await transaction.Connection!.ExecuteAsync("""
            INSERT INTO leases (name, owner, until_at) VALUES (@name, @owner, @until)
            ON CONFLICT (name) DO UPDATE SET owner = @owner, until_at = @until
                WHERE leases.owner = @owner OR leases.until_at NOT BETWEEN @now AND @ahead
            """, values, transaction) > 0;
    }, cancellation);

    public Task<bool> ReleaseAsync(string name, CancellationToken cancellation) => database.WriteAsync(
        async transaction => await transaction.Connection!.ExecuteAsync(
            "DELETE FROM leases WHERE name = @name AND owner = @owner", new { name, owner = _owner }, transaction) > 0,
        cancellation);
}
