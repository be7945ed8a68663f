using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>A data source of many hosts at five minutes, in order of time: a day's rhythm and noise.</summary>
internal static class HostFile
{
    public const string Document = """
        apiVersion: aioutliers/v1
        kind: Monitor
        metadata: { name: hosts }
        spec:
          series: { dataSource: hosts, metrics: [{ type: longSum, name: bytes, fieldName: sum_bytes }], granularity: PT5M, by: [host] }
          schedule: every 5m
          history: P14D
        """;

    /// <summary>The same in a process of its own: what it takes is not what is measured.</summary>
    public static DateTimeOffset WriteApart(string folder, int entities, int days)
    {
        using var process = Process.Start(
            Environment.ProcessPath!,
            [
                typeof(HostFile).Assembly.Location, "monitors", "hosts", folder, entities.ToString(CultureInfo.InvariantCulture),
                days.ToString(CultureInfo.InvariantCulture),
            ]);
        process.WaitForExit();
        return process.ExitCode == 0 ? EndOf(days) : throw new InvalidOperationException("the hosts were not written");
    }

    /// <param name="folder">Where it is written.</param>
    /// <param name="entities">How many hosts.</param>
    /// <param name="days">How many days.</param>
    /// <returns>The end of its last bucket.</returns>
    public static DateTimeOffset Write(string folder, int entities, int days)
    {
        var buckets = days * Fleet.PerDay;
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            COPY (SELECT make_timestamp({Fleet.Start * 1000} + b.range * 300000000) AS __time,
                'host-' || lpad(CAST(h.range AS VARCHAR), 5, '0') AS host,
                CAST(1e6 * exp(.8 * sin(b.range * 6.283185307 / 288))
                  * (1 + .2 * (hash(b.range * 100003 + h.range) % 1000 / 1000.0 - .5)) AS BIGINT) AS sum_bytes
              FROM range({buckets}) b, range({entities}) h ORDER BY b.range) TO '{Path.Combine(folder, "hosts.parquet")}' (FORMAT parquet)
            """);
        command.ExecuteNonQuery();
        return EndOf(days);
    }

    private static DateTimeOffset EndOf(int days) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Fleet.Start + days * Fleet.PerDay * Fleet.Step);
}
