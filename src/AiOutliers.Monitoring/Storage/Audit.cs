using System.Data.Common;
using AiOutliers.Monitoring.Monitors;
using Dapper;

namespace AiOutliers.Monitoring.Storage;

/// <summary>What people changed.</summary>
internal static class Audit
{
    /// <param name="transaction">That of the change.</param>
    /// <param name="clock">Says when.</param>
    /// <param name="actor">Who, and from where.</param>
    /// <param name="action">A verb.</param>
    /// <param name="subject">What was changed: <c>Monitor/edge</c>.</param>
    /// <param name="before">What it was, without secrets.</param>
    /// <param name="after">What it is.</param>
    public static Task WriteAsync(
        DbTransaction transaction, TimeProvider clock, Actor actor, string action, string subject, string? before, string? after) =>
        transaction.Connection!.ExecuteAsync("""
            INSERT INTO audit (at, actor, address, action, subject, before_text, after_text)
            VALUES (@now, @Name, @Address, @action, @subject, @before, @after)
            """,
            new { now = clock.GetUtcNow().ToUnixTimeMilliseconds(), actor.Name, actor.Address, action, subject, before, after },
            transaction);
}
