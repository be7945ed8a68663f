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
        var name = string.Create(CultureInfo.InvariantCulture, $"source_{_tables++}");
        try
        {
            var source = file.Source;
            var layout = TableLayout.Of(database.Describe(source), file.Schema());
            var isView = LargeFile.StaysWhereItIs(file, layout, memory, database.Number);
            if (isView)
                database.Execute(LargeFile.View(name, file, layout));
            else
                Copy(source, layout, name);
            var table = isView ? name : $"{name}.rows";
            var untimed = database.Number($"SELECT count(*) - (SELECT count(*) FROM {table}) FROM {source}");
            return new(table, layout.Columns, Segments(table))
            {
                Catalog = isView ? null : name,
                SkipsByTime = isView && layout.FileTime is not null,
                Warnings = untimed == 0 ? [] : [$"Left out: {Counted.Of(untimed, "row")} of '{file.Name}' without a time."],
            };
        }
        catch (DuckDBException error)
        {
            // What was made of it so far takes memory, too.
            database.Execute($"DROP VIEW IF EXISTS {name}; DETACH DATABASE IF EXISTS {name}");
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

    public void Drop(DataTable table) => database.Execute(table.Catalog is { } catalog ? $"DETACH {catalog}" : $"DROP VIEW {table.Sql}");

    /// <summary>
    /// Into a catalog of its own, whose rows are compressed to a fifth. Compressing waits for nobody there: the queries of the moment
    /// read other catalogs.
    /// </summary>
    private void Copy(string source, TableLayout layout, string catalog)
    {
        database.Execute($"ATTACH ':memory:' AS {catalog} (COMPRESS)");
        // To number the rows while they are sorted would take all of them in memory.
        database.Execute($"""
            CREATE TABLE {catalog}.sorted AS
            SELECT * FROM (SELECT {layout.Sql} FROM {source}) WHERE {DataTable.Time} IS NOT NULL ORDER BY {DataTable.Time};
            CREATE VIEW {catalog}.rows AS SELECT *, rowid AS {DataTable.Order} FROM {catalog}.sorted
            """);
        database.Execute($"CHECKPOINT {catalog}");
    }

    private IReadOnlyList<Interval> Segments(string table) => database.Query(
        $"SELECT min({DataTable.Time}), max({DataTable.Time}) FROM {table} GROUP BY {DataTable.Time} // 86400000 ORDER BY 1",
        static row => new Interval(row.GetInt64(0), row.GetInt64(1)));

    private static string Reason(DuckDBException error, DataFile file) => error.ErrorType == DuckDBErrorType.OutOfMemory
        ? $"the file '{file.Name}' is too large for the embedded engine; "
            + "a Parquet file whose rows are in order of time may be of any size"
        : $"the file '{file.Name}' cannot be read as a data source; check that it is whole and has a time column";
}
