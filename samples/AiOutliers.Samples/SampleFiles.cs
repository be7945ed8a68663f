using System.Text.Json;
using AiOutliers.Samples.Detail;
using DuckDB.NET.Data;

namespace AiOutliers.Samples;

/// <summary>Writes the sample files: <c>rb_flow.parquet</c>, <c>rb_flow_detail.parquet</c> and <c>labels.json</c>.</summary>
internal static class SampleFiles
{
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Write(string folder)
    {
        WriteRows(Path.Combine(folder, "rb_flow.parquet"));
        WriteDetail(Path.Combine(folder, "rb_flow_detail.parquet"));
        var labels = Incident.All.Select(static incident => new
        {
            incident.Sensor,
            Kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(incident.Kind.ToString()),
            Start = incident.Start.UtcDateTime,
            End = incident.End.UtcDateTime,
        });
        File.WriteAllText(Path.Combine(folder, "labels.json"), JsonSerializer.Serialize(labels, Json) + "\n");
    }

    private static void WriteRows(string path)
    {
        using var connection = Open();
        Execute(connection,
            "CREATE TABLE rows (timestamp TIMESTAMP, sensor_name VARCHAR, "
                + "sum_bytes BIGINT, sum_pkts BIGINT, events BIGINT, clients BIGINT)");
        using (var appender = connection.CreateAppender("rows"))
        {
            foreach (var row in FlowGenerator.Rows())
            {
                appender.CreateRow().AppendValue(row.Time.UtcDateTime).AppendValue(row.Sensor).AppendValue(row.Bytes)
                    .AppendValue(row.Packets).AppendValue(row.Flows).AppendValue(row.Clients).EndRow();
            }
        }
        Copy(connection, path);
    }

    private static void WriteDetail(string path)
    {
        using var connection = Open();
        Execute(connection,
            "CREATE TABLE rows (timestamp TIMESTAMP, sensor_name VARCHAR, src_ip VARCHAR, dst_ip VARCHAR, protocol INTEGER, "
            + "src_port INTEGER, dst_port INTEGER, direction VARCHAR, interface VARCHAR, country VARCHAR, sum_bytes BIGINT, "
            + "sum_pkts BIGINT, events BIGINT)");
        using (var appender = connection.CreateAppender("rows"))
        {
            foreach (var row in DetailGenerator.Rows())
            {
                var own = row.Connection;
                appender.CreateRow().AppendValue(row.Time.UtcDateTime).AppendValue(row.Sensor).AppendValue(own.Source)
                    .AppendValue(own.Target).AppendValue(own.Protocol).AppendValue(own.SourcePort).AppendValue(own.TargetPort)
                    .AppendValue(own.Direction).AppendValue(own.Interface).AppendValue(own.Country)
                    .AppendValue(row.Bytes).AppendValue(row.Packets).AppendValue(row.Flows).EndRow();
            }
        }
        Copy(connection, path);
    }

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        // One thread: the file's bytes do not depend on the machine.
        Execute(connection, "SET threads = 1");
        return connection;
    }

    private static void Copy(DuckDBConnection connection, string path)
    {
        var name = path.Replace("'", "''", StringComparison.Ordinal);
        Execute(connection, $"COPY rows TO '{name}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19)");
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
