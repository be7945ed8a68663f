using System.Globalization;
using AiOutliers.Samples.FlowCells;
using DuckDB.NET.Data;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>An hour of a generated network with a flood, and the same hour of three weeks before, as a data source.</summary>
internal static class FlowFile
{
    private const int Draws = 145_000;

    public static readonly DateTimeOffset Begin = new(2024, 9, 24, 14, 0, 0, TimeSpan.Zero);

    /// <returns>How many cells the hour itself has.</returns>
    public static int Write(string path, int seed)
    {
        var random = new Random(seed);
        var world = new FlowWorld(random, Draws);
        CellSums[] weeks = [.. Enumerable.Range(0, 4).Select(_ => world.Window(random.LogNormal(0, 0.04)))];
        new FlowAttack(random, weeks[1..].Average(static own => own.Flows), weeks[1..].Average(static own => own.Bytes))
            .Flood(weeks[0], 0.4, 1.2, onePort: true);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, "CREATE TABLE rows (timestamp TIMESTAMP, src_ip VARCHAR, dst_ip VARCHAR, protocol INTEGER, dst_port INTEGER, "
            + "interface INTEGER, direction INTEGER, country INTEGER, events BIGINT, sum_bytes BIGINT)");
        using (var appender = connection.CreateAppender("rows"))
        {
            for (var week = 0; week < weeks.Length; week++)
                Append(appender, weeks[week], Begin.AddDays(-7 * week), random);
        }
        Execute(connection, $"COPY rows TO '{path}' (FORMAT parquet)");
        return weeks[0].Cells.Count;
    }

    private static void Append(DuckDBAppender appender, CellSums window, DateTimeOffset begin, Random random)
    {
        foreach (var (cell, (flows, bytes, _)) in window.Cells)
        {
            appender.CreateRow().AppendValue(begin.AddSeconds(random.Next(3600)).UtcDateTime)
                .AppendValue(Address(198, FlowDimensions.ValueOf(cell, FlowDimensions.Source)))
                .AppendValue(Address(10, FlowDimensions.ValueOf(cell, FlowDimensions.Destination)))
                .AppendValue(FlowDimensions.ValueOf(cell, FlowDimensions.Protocol))
                .AppendValue(FlowDimensions.ValueOf(cell, FlowDimensions.Port))
                .AppendValue(FlowDimensions.ValueOf(cell, FlowDimensions.Interface))
                .AppendValue(FlowDimensions.ValueOf(cell, FlowDimensions.FlowDirection))
                .AppendValue(FlowDimensions.ValueOf(cell, FlowDimensions.Country))
                .AppendValue((long)flows).AppendValue((long)bytes).EndRow();
        }
    }

    private static string Address(int first, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}.{18 + number / 65536}.{number / 256 % 256}.{number % 256}");

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
