using System.Globalization;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Reads the rows of a Parquet file on all processors: each reads a part of the file, and the parts come one behind the other.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="columns">What is selected.</param>
internal sealed class ParquetParts(FileDatabase file, string columns)
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
    /// <exception cref="ColumnScanException">The file is damaged.</exception>
    public void Read(IReadOnlyList<TableRowReader> readers, CancellationToken cancellation)
    {
        if (readers.Count == 1)
        {
            Read(readers[0], "read_parquet($1)", cancellation);
            return;
        }
        // Each part is work for one processor.
        file.Execute("SET threads = 1");
        var rows = file.Number("SELECT num_rows FROM parquet_file_metadata($1)");
        var parts = readers.Select((reader, part) => Task.Factory.StartNew(
            () => Read(reader, Part(rows * part / readers.Count, rows * (part + 1) / readers.Count), cancellation),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        ((IAsyncResult)Task.WhenAll(parts)).AsyncWaitHandle.WaitOne();
        foreach (var part in parts)
            part.GetAwaiter().GetResult();
        foreach (var behind in readers.Skip(1))
            readers[0].Append(behind);
    }

    private static string Part(long from, long until) => string.Create(
        CultureInfo.InvariantCulture,
        $"read_parquet($1, {RowNumber} = true) WHERE {RowNumber} >= {from} AND {RowNumber} < {until}");

    private void Read(TableRowReader reader, string source, CancellationToken cancellation)
    {
        using var scan = file.Scan($"SELECT {columns} FROM {source}");
        reader.Read(scan, cancellation);
    }
}
