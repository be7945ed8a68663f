using System.Diagnostics;
using System.Globalization;
using AiOutliers.Druid.Files;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace AiOutliers.Benchmarks;

/// <summary>
/// How long files take to be read, beside the database's own time for a scan of the same columns, and the memory: long form,
/// 10,000 series. Each measurement is a process of its own: <c>make FILE ROWS</c>, <c>scan FILE</c>, <c>read FILE</c>;
/// <c>hand FILE</c>: the database hands the columns over to its client, which looks at none of them; <c>keep FILE</c>: it has all values
/// in its memory; and <c>order FILE</c>: series by series, as they have to be for judging.
/// </summary>
internal static class InputReport
{
    private const int Series = 10_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["make", var file, var rows]: Make(file, long.Parse(rows, CultureInfo.InvariantCulture)); return 0;
            case ["scan", var file]: Print("database", file, Scan(file)); return 0;
            case ["hand", var file]: Print("handed", file, Hand(file)); return 0;
            case ["keep", var file]: Print("kept", file, Table(file, "")); return 0;
            case ["order", var file]: Print("ordered", file, Table(file, " ORDER BY host, timestamp")); return 0;
            case ["read", var file]: Print("here", file, await ReadAsync(file)); return 0;
            default: Console.Error.WriteLine("inputs make FILE ROWS, or inputs scan | hand | keep | order | read FILE"); return 2;
        }
    }

    private static void Make(string file, long rows)
    {
        using var database = Open();
        using var command = database.CreateCommand();
        var format = file.EndsWith(".parquet", StringComparison.Ordinal) ? "parquet" : "csv, HEADER";
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            COPY (SELECT TIMESTAMP '2024-03-01' + to_minutes(5 * (i // {Series})) AS timestamp, 'host-' || (i % {Series}) AS host,
              (hash(i) % 1000000)::BIGINT AS bytes FROM range({rows}) AS t(i)) TO '{file}' (FORMAT {format})
            """);
        command.ExecuteNonQuery();
    }

    private static (TimeSpan Took, long Rows) Scan(string file)
    {
        using var database = Open();
        using var command = database.CreateCommand();
        var reader = file.EndsWith(".parquet", StringComparison.Ordinal) ? "read_parquet" : "read_csv";
        command.CommandText = $"SELECT count(*), max(timestamp), max(host), sum(bytes) FROM {reader}('{file}')";
        var watch = Stopwatch.StartNew();
        using var rows = command.ExecuteReader();
        rows.Read();
        return (watch.Elapsed, rows.GetInt64(0));
    }

    private static (TimeSpan Took, long Rows) Hand(string file)
    {
        using var database = Open();
        var reader = file.EndsWith(".parquet", StringComparison.Ordinal) ? "read_parquet" : "read_csv";
        var watch = Stopwatch.StartNew();
        NativeMethods.PreparedStatements.DuckDBPrepare(
            database.NativeConnection, $"SELECT timestamp, host, bytes::DOUBLE FROM {reader}('{file}')", out var statement);
        NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result);
        var rows = 0L;
        while (NativeMethods.StreamingResult.DuckDBStreamFetchChunk(result) is { IsInvalid: false } chunk)
        {
            rows += (long)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
            chunk.Dispose();
        }
        return (watch.Elapsed, rows);
    }

    private static (TimeSpan Took, long Rows) Table(string file, string order)
    {
        using var database = Open();
        using var command = database.CreateCommand();
        var reader = file.EndsWith(".parquet", StringComparison.Ordinal) ? "read_parquet" : "read_csv";
        command.CommandText = $"SET memory_limit = '1GB'; SET temp_directory = '{Path.GetTempPath()}inputs-order'; "
            + $"CREATE TABLE rows AS SELECT timestamp, host, bytes FROM {reader}('{file}'){order}";
        var watch = Stopwatch.StartNew();
        command.ExecuteNonQuery();
        command.CommandText = "SELECT count(*) FROM rows";
        return (watch.Elapsed, (long)command.ExecuteScalar()!);
    }

    private static async Task<(TimeSpan Took, long Rows)> ReadAsync(string file)
    {
        var watch = Stopwatch.StartNew();
        var series = (await InputFile.ReadAsync(file, file, new() { By = ["host"] }, CancellationToken.None)).Series!;
        // What is read is of use when each series can be had; they are judged on all processors.
        var rows = 0L;
        Parallel.For(0, series.Count, at => Interlocked.Add(ref rows, series.Table(at).Rows));
        return (watch.Elapsed, rows);
    }

    private static DuckDBConnection Open()
    {
        var database = new DuckDBConnection("DataSource=:memory:");
        database.Open();
        return database;
    }

    private static void Print(string what, string file, (TimeSpan Took, long Rows) read)
    {
        using var process = Process.GetCurrentProcess();
        var megabytes = process.PeakWorkingSet64 >> 20;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Path.GetFileName(file),-16} {new FileInfo(file).Length >> 20,6} MB {read.Rows,12:N0} rows  "
                + $"{what,-9} {read.Took.TotalSeconds,7:0.0} s  {process.TotalProcessorTime.TotalSeconds,7:0.0} s of processors  "
                + $"{megabytes,6} MB peak"));
    }
}
