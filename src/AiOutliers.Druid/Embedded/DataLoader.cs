using System.Globalization;
using AiOutliers.Detection;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace AiOutliers.Druid.Embedded;

/// <summary>Makes tables of files.</summary>
/// <param name="database">Where the tables are.</param>
/// <param name="memory">What all of them may take, in megabytes.</param>
internal sealed class DataLoader(FolderDatabase database, int memory)
{
    private int _tables;

    /// <summary>Loads a file; a Parquet file that is large for the memory is read where it is.</summary>
    /// <exception cref="AiOutliersException">It cannot be a data source.</exception>
    public DataTable Load(DataFile file)
    {
        try
        {
            var source = file.Source;
            var layout = TableLayout.Of(database.Describe(source), file.Schema());
            var table = string.Create(CultureInfo.InvariantCulture, $"source_{_tables++}");
            var isView = LargeFile.StaysWhereItIs(file, layout, memory, database.Number);
            database.Execute(isView ? LargeFile.View(table, file, layout) : Rows(table, source, layout));
            var untimed = database.Number($"SELECT count(*) - (SELECT count(*) FROM {table}) FROM {source}");
            return new(table, layout.Columns, Segments(table))
            {
                IsView = isView,
                SkipsByTime = isView && layout.FileTime is not null,
                Warnings = untimed == 0 ? [] : [$"Left out: {Counted.Of(untimed, "row")} of '{file.Name}' without a time."],
            };
        }
        catch (DuckDBException error)
        {
            throw new AiOutliersException(ErrorKind.SourceFailed, Reason(error, file), error);
        }
    }

    /// <summary>Whether a file can be a data source. Queries and labels may lie beside those that can.</summary>
    public bool HasTimes(DataFile file)
    {
        try
        {
            _ = TableLayout.Of(database.Describe(file.Source), file.Schema());
            return true;
        }
        catch (AiOutliersException error) when (error.Kind == ErrorKind.SourceFailed)
        {
            return false;
        }
        catch (Exception error) when (error is DuckDBException or AiOutliersException)
        {
            // Whoever asks for it is told what is wrong with it.
            return true;
        }
    }

    public void Drop(DataTable table) =>
        database.Execute(table.IsView ? $"DROP VIEW {table.Sql}" : $"DROP VIEW {table.Sql}; DROP TABLE {RowsOf(table.Sql)}");

    /// <summary>
    /// The rows by time, and a view that numbers them as they lie. To number them while they are sorted would take all of them in memory.
    /// </summary>
    private static string Rows(string table, string source, TableLayout layout) => $"""
        CREATE TABLE {RowsOf(table)} AS
        SELECT * FROM (SELECT {layout.Sql} FROM {source}) WHERE {DataTable.Time} IS NOT NULL ORDER BY {DataTable.Time};
        CREATE VIEW {table} AS SELECT *, rowid AS {DataTable.Order} FROM {RowsOf(table)}
        """;

    private static string RowsOf(string table) => table + "_rows";

    private IReadOnlyList<Interval> Segments(string table) => database.Query(
        $"SELECT min({DataTable.Time}), max({DataTable.Time}) FROM {table} GROUP BY {DataTable.Time} // 86400000 ORDER BY 1",
        static row => new Interval(row.GetInt64(0), row.GetInt64(1)));

    private static string Reason(DuckDBException error, DataFile file) => error.ErrorType == DuckDBErrorType.OutOfMemory
        ? $"the file '{file.Name}' is too large for the embedded engine; "
            + "a Parquet file whose rows are in order of time may be of any size"
        : $"the file '{file.Name}' cannot be read as a data source; check that it is whole and has a time column";
}
