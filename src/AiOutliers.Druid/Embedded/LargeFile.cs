using System.Globalization;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// A Parquet file that is large for the memory, with its rows in order of time: queries read it where it is. Others are loaded.
/// </summary>
internal static class LargeFile
{
    /// <summary>What a value takes in a table: a number with its share of the row, or a short text.</summary>
    private const long BytesPerValue = 16;

    private const long BytesPerMegabyte = 1 << 20;

    /// <summary>The time as the file has it.</summary>
    private const string FileTime = "__file_time";

    /// <summary>The years 1 to 9999, in milliseconds since 1970: what a time in a file can be compared with.</summary>
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <param name="file">The file.</param>
    /// <param name="layout">How its columns become a table's.</param>
    /// <param name="memory">What all tables may take, in megabytes.</param>
    /// <param name="number">Asks the database for a number.</param>
    public static bool StaysWhereItIs(DataFile file, TableLayout layout, int memory, Func<string, long> number) =>
        file.NumberedSource is { } source
        && number($"SELECT count(*) FROM {source}") * (layout.Columns.Count + 2) * BytesPerValue > memory * BytesPerMegabyte / 2
        && number($"""
            SELECT count(*) FROM (
              SELECT {DataTable.Time} < lag({DataTable.Time}) OVER () AS is_earlier FROM (SELECT {layout.Sql} FROM {source}))
            WHERE is_earlier
            """) == 0;

    /// <summary>The statement that makes it a table's name.</summary>
    public static string View(string name, DataFile file, TableLayout layout) => $"""
        CREATE VIEW {name} AS
        SELECT * FROM (
          SELECT {layout.Sql}, {layout.FileTime ?? "NULL"} AS {FileTime}, file_row_number AS {DataTable.Order} FROM {file.NumberedSource})
        WHERE {DataTable.Time} IS NOT NULL
        """;

    /// <summary>
    /// A coarse condition beside the exact one: the file's statistics tell which of its parts cannot have such times: they are not read.
    /// </summary>
    public static string Within(Interval interval) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FileTime} >= make_timestamp({1000 * (Math.Max(Earliest + 1, interval.Start) - 1)}) "
        + $"AND {FileTime} <= make_timestamp({1000 * Math.Min(Latest, interval.End)})");
}
