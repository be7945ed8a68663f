using System.Globalization;
using DuckDB.NET.Data;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>
/// An hour of flows from very many clients, four fifths of which flood one target, and the same hour of three weeks before with a fifth of
/// the clients: a file in order of time.
/// </summary>
internal static class WideFile
{
    public static void Write(string path, string clients)
    {
        var count = long.Parse(clients, CultureInfo.InvariantCulture);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            COPY (
              SELECT TIMESTAMP '2024-09-24 14:00:00' - to_days((7 * week)::INTEGER) + to_minutes(5 * (c % 12)) AS timestamp,
                '10.' || c // 65536 || '.' || c // 256 % 256 || '.' || c % 256 AS src_ip,
                '198.18.0.' || CASE WHEN flood THEN 7 ELSE c % 200 END AS dst_ip,
                CASE WHEN flood THEN 53 ELSE 80 + c % 5 END::VARCHAR AS dst_port,
                100 + c % 13 AS sum_bytes
              FROM (SELECT week, c, week = 0 AND c % 5 > 0 AS flood FROM range(4) AS w(week), range({count}) AS r(c)
                WHERE week = 0 OR c < {count / 5})
              ORDER BY timestamp) TO '{path}' (FORMAT parquet)
            """);
        command.ExecuteNonQuery();
    }
}
