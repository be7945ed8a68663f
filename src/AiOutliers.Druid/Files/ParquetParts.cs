using System.Globalization;
using DuckDB.NET.Native;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Reads the rows of a Parquet file on all processors: each reads a part of the file, and the parts come one behind the other.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="columns">What is selected.</param>
internal sealed class ParquetParts(FileDatabase file, ParquetColumns columns)
{
    /// <summary>The column that the database adds.</summary>
    public const string RowNumber = "file_row_number";

    private const int MostParts = 8;

    /// <summary>In each part: a group of rows in which a part begins is read twice.</summary>
    private const int LeastGroups = 4;

    /// <summary>How many parts are worth it.</summary>
    public int Count()
    {
        var groups = file.Number("SELECT num_row_groups FROM parquet_file_metadata($1)");
        return (int)Math.Clamp(groups / LeastGroups, 1, Math.Clamp(Environment.ProcessorCount, 2, MostParts));
    }

    /// <summary>Reads all rows.</summary>
    /// <param name="readers">One for each part; the first has all rows then.</param>
    /// <param name="cancellation">Gives up.</param>
    public void Read(IReadOnlyList<TableRowReader> readers, CancellationToken cancellation)
    {
        // Each part is work for one processor, which reads its rows in their order.
        file.Execute("SET threads = 1");
        var rows = file.Number("SELECT num_rows FROM parquet_file_metadata($1)");
        var work = readers.Select((reader, part) => Statement(
            reader, part, readers.Count == 1 ? "read_parquet($1)" : Part(rows * part / readers.Count, rows * (part + 1) / readers.Count),
            cancellation)).ToArray();
        var parts = Array.ConvertAll(work, static statement => Task.Factory.StartNew(
            statement, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        ((IAsyncResult)Task.WhenAll(parts)).AsyncWaitHandle.WaitOne();
        foreach (var part in parts)
            part.GetAwaiter().GetResult();
        foreach (var behind in readers.Skip(1))
            readers[0].Append(behind);
    }

    private static string Part(long from, long until) => string.Create(
        CultureInfo.InvariantCulture,
        $"read_parquet($1, {RowNumber} = true) WHERE {RowNumber} >= {from} AND {RowNumber} < {until}");

    /// <summary>The database calls the reader for each text of a dimension's dictionary, and for each chunk of rows.</summary>
    private Action Statement(TableRowReader reader, int part, string source, CancellationToken cancellation)
    {
        ChunkFunction[] numbers = [.. columns.Dimensions.Select((_, at) => file.Function(
            Name("number", part, at), [DuckDBType.Varchar], isPure: true, (texts, _, results) => reader.Number(at, texts[0], results)))];
        DuckDBType[] types =
        [
            columns.Times == TimeForm.Text ? DuckDBType.Varchar : DuckDBType.Timestamp,
            .. columns.Dimensions.Select(static _ => DuckDBType.Integer),
            .. columns.Metrics.Select(static _ => DuckDBType.Double),
        ];
        var add = file.Function(Name("add", part), types, isPure: false, (chunk, count, results) =>
        {
            cancellation.ThrowIfCancellationRequested();
            reader.Add(chunk, count);
            results.Clear();
        });
        var dimensions = columns.Dimensions.Select((dimension, at) => $"{numbers[at].Name}({dimension})");
        var arguments = string.Join(", ", [columns.Time, .. dimensions, .. columns.Metrics]);
        return () => file.Run($"SELECT max({add.Name}({arguments})) FROM {source}", [.. numbers, add]);
    }

    private static string Name(string name, params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
            name += string.Create(CultureInfo.InvariantCulture, $"_{number}");
        return name;
    }
}
