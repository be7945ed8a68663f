using System.Diagnostics;
using System.Globalization;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;

namespace AiOutliers.Benchmarks;

/// <summary>
/// The embedded engine beside the database that it stands on, in turn in one run: <c>engine [ROUNDS]</c>. "DuckDB" is the database's own
/// time for the statement that the engine sends, "all in SQL" for the one with post-aggregations and order, both without reading a value.
/// Medians, the files loaded before.
/// </summary>
internal sealed class EngineReport : IDisposable
{
    private const int WarmUp = 20;

    private static readonly (string Name, string Interval)[] Cases =
    [
        ("four weeks", EngineQueries.FourWeeks),
        ("two weeks", EngineQueries.TwoWeeks),
        ("one day", EngineQueries.OneDay),
        ("one hour", EngineQueries.OneHour),
    ];

    private readonly EmbeddedEngine _engine = new(EngineQueries.Folder);
    private readonly DataFolder _folder = new(EngineQueries.Folder, new());

    public static async Task<int> RunAsync(string[] arguments)
    {
        var rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 100;
        Console.WriteLine($"{rounds} rounds, medians.");
        Console.WriteLine("| at one minute | rows | engine, ms | DuckDB, ms | engine / DuckDB | garbage, MB | all in SQL, ms |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        using var report = new EngineReport();
        foreach (var (name, interval) in Cases)
            await report.CompareAsync(name, EngineQueries.Traffic(interval), rounds);
        return 0;
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    private async Task CompareAsync(string name, byte[] query, int rounds)
    {
        var (same, all) = (Statement(query, forColumns: true), Statement(query, forColumns: false));
        var (engine, database, complete, ratios) = (new double[rounds], new double[rounds], new double[rounds], new double[rounds]);
        var (rows, garbage) = (0, 0L);
        for (var round = -WarmUp; round < rounds; round++)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            rows = (await _engine.QueryAsync(query)).Rows;
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            var (alone, inSql) = (Execute(same), Execute(all));
            if (round < 0)
                continue;
            (engine[round], database[round], complete[round], ratios[round]) = (took, alone, inSql, took / alone);
            garbage += allocated;
        }
        var times = Text($"{Median(engine):0.0} | {Median(database):0.0} | {Median(ratios):0.00}");
        Console.WriteLine(Text($"| {name} | {rows:N0} | {times} | {garbage / 1e6 / rounds:0.00} | {Median(complete):0.0} |"));
    }

    private (string Sql, SqlParameters Parameters) Statement(byte[] text, bool forColumns)
    {
        var query = DruidQuery.Parse(text);
        var aggregated = new AggregatedQuery(query, _folder.Find(query.DataSource), forColumns);
        var sql = aggregated.Sql([], byBucket: true);
        return (forColumns ? sql : $"{sql} ORDER BY {AggregatedQuery.Bucket}", aggregated.Parameters);
    }

    private double Execute((string Sql, SqlParameters Parameters) statement)
    {
        var start = Stopwatch.GetTimestamp();
        using (var connection = _folder.Connect())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = statement.Sql;
            statement.Parameters.CopyTo(command);
            using var reader = command.ExecuteReader();
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
