using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// The files of a folder as tables of one in-memory database. Each is loaded when a query first asks for it, and again when
/// its file changes; a Parquet file that is large for the memory is read where it is.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>What one statement may read: each member is a scan of its own.</summary>
    private const int MostUnionMembers = 50;

    private readonly DataFiles _files;
    private readonly int _memory;

    /// <summary>It opens beside the start of the program; the first question waits for what is left of it.</summary>
    private readonly Task<DuckDBConnection> _opening;

    private readonly TemporaryFiles _temporary;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTime Version, DataTable Table, DataTable? Before)> _loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTime Version, bool HasTimes)> _timed = new(StringComparer.Ordinal);
    private int _tables;

    public DataFolder(string folder, EmbeddedOptions options)
    {
        if (!Directory.Exists(folder))
        {
            throw new AiOutliersException(
                ErrorKind.BadConfiguration, $"[Druid] druid_endpoint names the folder '{folder}', which does not exist");
        }
        var path = Path.GetFullPath(folder);
        (_files, _memory) = (new(path), options.MemoryMegabytes);
        _temporary = new(options.TemporaryPath);
        _opening = Task.Run(() => EmbeddedDatabase.Open(path, _temporary.Folder, options));
    }

    private DuckDBConnection Database => _opening.GetAwaiter().GetResult();

    /// <summary>A connection of its own for one query.</summary>
    public DuckDBConnection Connect()
    {
        lock (_lock)
        {
            var connection = Database.Duplicate();
            connection.Open();
            return connection;
        }
    }

    /// <summary>The table of a data source; names that no file has are an empty table, as in Druid.</summary>
    public DataTable Find(DataSourceSpec? source)
    {
        if (source?.TableName is { } name)
            return Table(name);
        if (source?.Type == "union" && source.TryField("dataSources", out var members) && members.ValueKind == JsonValueKind.Array)
        {
            return members.GetArrayLength() > MostUnionMembers
                ? throw Unsupported.Feature($"a union of more than {MostUnionMembers} data sources")
                : Union([.. members.EnumerateArray().Select(MemberOf)]);
        }
        throw source is null ? Unsupported.Wrong("it has no dataSource") : Unsupported.Feature($"a data source of type '{source.Type}'");
    }

    /// <summary>The data sources, in order: the files that have times. Queries and labels may lie beside them.</summary>
    public IReadOnlyList<string> Names() => [.. _files.Names().Where(HasTimes)];

    public void Dispose()
    {
        Database.Dispose();
        _temporary.Dispose();
    }

    private DataTable Table(string name)
    {
        if (_files.Find(name) is not { } file)
            return DataTable.Empty;
        lock (_lock)
        {
            if (_loaded.TryGetValue(name, out var known) && known.Version == file.Version)
                return known.Table;
            var table = Load(file);
            // A query may still be about the one that is replaced now; nobody asks for the one before it.
            if (known.Before is { } old)
                Execute($"DROP TABLE {old.Sql}");
            _loaded[name] = (file.Version, table, known.Table);
            return table;
        }
    }

    private bool HasTimes(string name)
    {
        if (_files.Find(name) is not { } file)
            return false;
        lock (_lock)
        {
            if (_timed.TryGetValue(name, out var known) && known.Version == file.Version)
                return known.HasTimes;
            var hasTimes = HasTimes(file);
            _timed[name] = (file.Version, hasTimes);
            return hasTimes;
        }
    }

    private bool HasTimes(DataFile file)
    {
        try
        {
            _ = TableLayout.Of(Describe(file.Source), file.Schema());
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

    private DataTable MemberOf(JsonElement member) =>
        Table(DataSourceSpec.From(member).TableName ?? throw Unsupported.Feature("a union of anything but tables"));

    private static DataTable Union(DataTable[] members)
    {
        if (members.Length == 0)
            throw Unsupported.Wrong("its union has no data sources");
        if (!members.All(member => HasSameColumns(member, members[0])))
            throw Unsupported.Feature("a union of data sources with different columns");
        return members[0] with
        {
            Sql = $"({string.Join(" UNION ALL BY NAME ", members.Select(static member => $"SELECT * FROM {member.Sql}"))})",
            Warnings = [.. members.SelectMany(static member => member.Warnings)],
            Segments = [.. members.SelectMany(static member => member.Segments).OrderBy(static segment => segment.Start)],
        };
    }

    private static bool HasSameColumns(DataTable one, DataTable other) =>
        one.Columns.Count == other.Columns.Count
        && one.Columns.All(column => other.Columns.GetValueOrDefault(column.Key) == column.Value);

    private DataTable Load(DataFile file)
    {
        try
        {
            var source = file.Source;
            var selection = TableLayout.Of(Describe(source), file.Schema());
            var table = string.Create(CultureInfo.InvariantCulture, $"source_{_tables++}");
            Execute(LargeFile.StaysWhereItIs(file, selection, _memory, Number)
                ? LargeFile.View(table, file, selection)
                : $"""
                    CREATE TABLE {table} AS
                    SELECT *, row_number() OVER (ORDER BY {DataTable.Time}) AS {DataTable.Order}
                    FROM (SELECT {selection.Sql} FROM {source})
                    WHERE {DataTable.Time} IS NOT NULL
                    ORDER BY {DataTable.Time}
                    """);
            var segments = Query(
                $"SELECT min({DataTable.Time}), max({DataTable.Time}) FROM {table} GROUP BY {DataTable.Time} // 86400000 ORDER BY 1",
                static row => new Interval(row.GetInt64(0), row.GetInt64(1)));
            var untimed = Number($"SELECT count(*) - (SELECT count(*) FROM {table}) FROM {source}");
            return new(table, selection.Columns, segments)
            {
                Warnings = untimed == 0 ? [] : [$"{untimed} rows of '{file.Name}' have no time: they are left out."],
            };
        }
        catch (DuckDBException error)
        {
            var message = error.ErrorType == DuckDBErrorType.OutOfMemory
                ? $"the file '{file.Name}' is too large for the embedded engine; "
                    + "a Parquet file whose rows are in order of time may be of any size"
                : $"the file '{file.Name}' cannot be read as a data source; check that it is whole and has a time column";
            throw new AiOutliersException(ErrorKind.SourceFailed, message, error);
        }
    }

    private List<(string Name, string Type)> Describe(string source) =>
        Query($"DESCRIBE SELECT * FROM {source}", static row => (row.GetString(0), row.GetString(1)));

    private long Number(string sql) => Query(sql, static row => row.GetInt64(0))[0];

    private List<T> Query<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        using var command = Database.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var result = new List<T>();
        while (rows.Read())
            result.Add(read(rows));
        return result;
    }

    private void Execute(string sql)
    {
        using var command = Database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
