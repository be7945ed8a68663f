using AiOutliers.Monitoring.Monitors;
using Dapper;

namespace AiOutliers.Monitoring.Storage;

/// <summary>What people changed: read, and written to where a change is not one of the database itself.</summary>
public sealed class AuditTrail(Database database, TimeProvider clock)
{
    /// <summary>Writes down what was done elsewhere: a key was added, a sample was sent.</summary>
    public Task WriteAsync(Actor actor, string action, string subject, CancellationToken cancellation, string? after = null) =>
        database.WriteAsync(async transaction =>
        {
            await Audit.WriteAsync(transaction, clock, actor, action, subject, before: null, after);
            return true;
        }, cancellation);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<AuditRow>> PageAsync(AuditQuery query, CancellationToken cancellation) => !database.MayExist
        ? []
        : await database.ReadAsync(async connection => (await connection.QueryAsync<AuditRow>("""
            SELECT id, at, actor, address, action, subject, before_text, after_text FROM audit
            WHERE (@Actor IS NULL OR actor = @Actor) AND (@Subject IS NULL OR subject = @Subject OR subject LIKE @Kind ESCAPE '\')
              AND (@From IS NULL OR at >= @From) AND (@To IS NULL OR at < @To) AND (@Before IS NULL OR id < @Before)
            ORDER BY id DESC LIMIT @Limit
            """, query.Values())).ToArray(), cancellation);
}
