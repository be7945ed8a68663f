using System.Globalization;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Tests.Incidents;

/// <summary>
/// Incidents of 400 days, evenly spread over 20 monitors and 500 hosts, of 5 minutes to 5 hours; one in 500 is open. Each has three lines
/// of history.
/// </summary>
internal static class ManyIncidents
{
    private const string Columns = """
        id, monitor, revision, entity, entity_key, metric, kind, alarms, state, severity, started_at, ended_at, peak_value, peak_expected,
        reason, opened_at, updated_at, closed_at, series
        """;

    private const string Monitor = "'m' || (i % 20)", Host = "'host=h' || (i * 31 % 500)";

    public static string IdOf(int number) => (number * 7919L % 100_000_007).ToString("D32", CultureInfo.InvariantCulture);

    public static Task FillAsync(Database database, int count, long now) => database.WriteAsync(async transaction =>
    {
        var numbers = database.Address.IsSqlite
            ? "WITH RECURSIVE numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < @count) "
            : "WITH numbers (i) AS (SELECT generate_series(0::bigint, @count - 1)) ";
        var id = database.Address.IsSqlite ? "printf('%032d', i * 7919 % 100000007)" : "lpad((i * 7919 % 100000007)::text, 32, '0')";
        var values = new { count = (long)count, now, spread = 400 * 86_400_000L / count };
        await transaction.Connection!.ExecuteAsync($"""
            {numbers} INSERT INTO incident_series (monitor, entity, metric, content)
            SELECT DISTINCT {Monitor}, {Host}, 'bytes', {Host} || ' bytes' FROM numbers
            """, values, transaction, commandTimeout: 600);
        await transaction.Connection!.ExecuteAsync($$"""
            {{numbers}} INSERT INTO incidents ({{Columns}})
            SELECT {{id}}, {{Monitor}}, 1, {{Host}}, '{"host":"h' || (i * 31 % 500) || '"}', 'bytes', 'spike', 'sharp',
                CASE WHEN i % 500 = 0 THEN 'open' ELSE 'closed' END, 50 + i * 37 % 50,
                @now - (i + 1) * @spread, @now - (i + 1) * @spread + (i % 60 + 1) * 300000, 100, 10,
                'bytes were ' || (i * 7 % 9973) || ' GB where ten are usual at this time of the week', @now, @now,
                CASE WHEN i % 500 = 0 THEN NULL ELSE @now END,
                (SELECT s.id FROM incident_series s WHERE s.monitor = {{Monitor}} AND SUBSTR(s.entity, 1, 200) = {{Host}})
            FROM numbers
            """, values, transaction, commandTimeout: 600);
        foreach (var kind in new[] { "opened", "grew", "closed" })
        {
            await transaction.Connection!.ExecuteAsync(
                $"{numbers} INSERT INTO incident_events (incident, at, kind, actor, detail) "
                + $"SELECT {id}, @now, '{kind}', 'monitor', 'severity 60 → 80: bytes were ten times of what is usual' FROM numbers",
                values, transaction, commandTimeout: 600);
        }
        // PostgreSQL does so by itself, a minute later.
        if (!database.Address.IsSqlite)
            await transaction.Connection!.ExecuteAsync("ANALYZE incidents, incident_series, incident_events", transaction: transaction, commandTimeout: 600);
        return true;
    }, default);
}
