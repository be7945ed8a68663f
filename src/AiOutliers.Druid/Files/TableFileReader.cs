using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Reads CSV, and Parquet with DuckDB: one column is the time, those that hold numbers are metrics, texts are dimensions
/// where times repeat or the user says so. Empty fields are missing values.
/// </summary>
public static class TableFileReader
{
    /// <param name="path">A file whose content begins with <c>PAR1</c> is Parquet, any other CSV.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="AiOutliersException">The file is neither, has no times, or holds more than one series.</exception>
    public static MetricTable Read(string path, string name)
    {
        var series = Read(path, name, InputOptions.None);
        return series.IsSingle
            ? series.SingleTable()
            : throw Wrong($"{name} has {Counted.Series(series.Count)} by {string.Join(", ", series.Dimensions)}; one is expected");
    }

    /// <param name="path">A file whose content begins with <c>PAR1</c> is Parquet, any other CSV.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="options">What the content does not tell.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">The file is neither, or has no times.</exception>
    public static SeriesSet Read(string path, string name, InputOptions options, CancellationToken cancellation = default)
    {
        if (!options.IsNfdump && !IsParquet(path))
        {
            using var file = File.OpenRead(path);
            return CsvTable.Read(file, name, options, cancellation);
        }
        try
        {
            using var database = new FileDatabase(path);
            return options.IsNfdump
                ? NfdumpCsv.Read(database, IsJson(path), name, options)
                : ParquetTable.Read(database, name, options, cancellation);
        }
        catch (DuckDBException error)
        {
            var words = error.Message.Split('\n', 2)[0].Replace(path, name, StringComparison.Ordinal);
            throw Wrong($"{name} is damaged: {words}", error);
        }
    }

    internal static AiOutliersException Wrong(string message, Exception? inner = null) => new(ErrorKind.BadInput, message, inner);

    private static bool IsParquet(string path) => Head(path).AsSpan().StartsWith("PAR1"u8);

    private static bool IsJson(string path) => Head(path).AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[' or (byte)'{', ..];

    private static byte[] Head(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[64];
        return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }
}
