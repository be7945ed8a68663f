using DuckDB.NET.Data;

namespace AiOutliers.Service.Tests.Process.Druid;

/// <summary>The sample data as rows that a real Druid takes in.</summary>
internal static class DruidRows
{
    public const string TrafficDimensions = """["sensor_name"]""";

    /// <summary>What the flows are told apart by.</summary>
    public const string DetailDimensions =
        """["sensor_name","src_ip","dst_ip","protocol","src_port","dst_port","direction","interface","country"]""";

    public const string Metrics = """
        [{"type":"longSum","name":"sum_bytes","fieldName":"sum_bytes"},{"type":"longSum","name":"sum_pkts","fieldName":"sum_pkts"},
         {"type":"longSum","name":"events","fieldName":"events"}]
        """;

    private const string Sums = "sum_bytes, sum_pkts, events";

    private const string Time = "strftime(timestamp, '%Y-%m-%dT%H:%M:%SZ') AS ts";

    /// <summary>All four weeks.</summary>
    public static void WriteTraffic(string samples, string file) =>
        Write($"SELECT {Time}, sensor_name, {Sums} FROM '{samples}/rb_flow.parquet'", file);

    /// <summary>The flood of a Tuesday and the same hour of the Tuesdays before.</summary>
    public static void WriteDetail(string samples, string file) => Write($"""
        SELECT {Time}, sensor_name, src_ip, dst_ip, protocol::VARCHAR AS protocol, src_port::VARCHAR AS src_port,
          dst_port::VARCHAR AS dst_port, direction, interface, country, {Sums}
        FROM '{samples}/rb_flow_detail.parquet' WHERE dayofweek(timestamp) = 2
        """, file);

    private static void Write(string select, string file)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY ({select}) TO '{file}' (FORMAT json, COMPRESSION gzip)";
        command.ExecuteNonQuery();
    }
}
