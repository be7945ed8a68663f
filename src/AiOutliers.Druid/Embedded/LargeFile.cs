namespace AiOutliers.Druid.Embedded;

/// <summary>
/// A Parquet file that is large for the memory, with its rows in order of time: queries read it where it is. Others are loaded.
/// </summary>
internal static class LargeFile
{
    /// <summary>What a value takes in a table: a number with its share of the row, or a short text.</summary>
    private const long BytesPerValue = 16;

    private const long BytesPerMegabyte = 1 << 20;

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
        SELECT * FROM (SELECT {layout.Sql}, file_row_number AS {DataTable.Order} FROM {file.NumberedSource})
        WHERE {DataTable.Time} IS NOT NULL
        """;
}
