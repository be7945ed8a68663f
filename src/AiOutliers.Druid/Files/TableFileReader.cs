using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Reads a CSV (with a header line) or Parquet file with DuckDB: the column <c>timestamp</c> (or <c>__time</c>, or else the first) holds the time, every
/// other column that is a number is a metric. Empty fields are missing values.
/// </summary>
public static class TableFileReader
{
    private static readonly string[] TimeColumns = ["timestamp", "__time", "time"];

    /// <param name="path">A file whose content begins with <c>PAR1</c> is Parquet, any other CSV.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="AiOutliersException">The file is neither, has no times, or holds text where numbers belong.</exception>
    public static MetricTable Read(string path, string name)
    {
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            // All CSV columns are read as text: the timestamps are to come back to the letter.
            command.CommandText = IsParquet(path) ? "SELECT * FROM read_parquet($1)" : "SELECT * FROM read_csv($1, header = true, skip = 0, all_varchar = true)";
            command.Parameters.Add(new DuckDBParameter(path));
            using var rows = command.ExecuteReader();
            return ReadRows(rows, name);
        }
        catch (DuckDBException error)
        {
            throw Wrong($"{name} is neither Druid's JSON, nor CSV with a header line, nor Parquet: {FirstLine(error.Message).Replace(path, name, StringComparison.Ordinal)}", error);
        }
    }

    private static MetricTable ReadRows(DuckDBDataReader rows, string name)
    {
        var builder = new MetricTableBuilder();
        var time = TimeColumn(rows);
        CheckHeader(rows, time, name);
        var columns = new int[rows.FieldCount];
        for (var field = 0; field < columns.Length; field++)
            columns[field] = field == time ? -1 : builder.ColumnOf(rows.GetName(field));
        while (rows.Read())
        {
            var text = rows.IsDBNull(time) ? "" : TimeText(rows.GetValue(time));
            if (!Timestamps.TryParse(text, out var milliseconds))
                throw Wrong($"'{rows.GetName(time)}' of row {builder.Rows + 1} of {name} is no ISO 8601 time");
            builder.AddRow(milliseconds, text);
            for (var field = 0; field < columns.Length; field++)
            {
                if (field != time && !rows.IsDBNull(field))
                    builder.Set(columns[field], Number(rows.GetValue(field), rows.GetName(field), builder.Rows, name));
            }
        }
        return builder.Build();
    }

    /// <summary>Where rows differ in their number of fields, DuckDB takes each line for a single one.</summary>
    private static void CheckHeader(DuckDBDataReader rows, int time, string name)
    {
        if (rows.FieldCount < 2)
            throw Wrong($"{name} has one column only; a time and at least one number are needed, and as many fields in every row as in the header line");
        if (Timestamps.TryParse(rows.GetName(time), out _))
            throw Wrong($"{name} begins with a row of data; its first line must name the columns, for example timestamp,bytes");
    }

    private static int TimeColumn(DuckDBDataReader rows)
    {
        for (var field = 0; field < rows.FieldCount; field++)
        {
            if (TimeColumns.Contains(rows.GetName(field), StringComparer.OrdinalIgnoreCase))
                return field;
        }
        return 0;
    }

    private static string TimeText(object value) => value switch
    {
        DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static double Number(object value, string column, int row, string name) => value switch
    {
        string text when string.IsNullOrWhiteSpace(text) || text is "null" or "NULL" => double.NaN,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong($"'{column}' of row {row} of {name} is no number; leave out columns that are no metrics"),
        System.Numerics.BigInteger number => (double)number,
        IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
        _ => throw Wrong($"'{column}' of row {row} of {name} is no number; leave out columns that are no metrics"),
    };

    private static bool IsParquet(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        return file.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("PAR1"u8);
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];

    private static AiOutliersException Wrong(string message, Exception? inner = null) => new(ErrorKind.BadInput, message, inner);
}
