using System.Globalization;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// An in-memory database that may read the files of one folder only, may load no extension, and whose settings are locked.
/// </summary>
internal sealed class FolderDatabase : IDisposable
{
    private readonly TemporaryFiles _temporary;

    /// <summary>It opens beside the start of the program (40 ms); the first question waits for what is left of it.</summary>
    private readonly Task<DuckDBConnection> _opening;

    /// <param name="folder">The folder, as a whole path.</param>
    /// <param name="options">What it may take.</param>
    public FolderDatabase(string folder, EmbeddedOptions options)
    {
        _temporary = new(options.TemporaryPath);
        _opening = Task.Run(() => Open(folder, _temporary.Folder, options));
    }

    private DuckDBConnection Database => _opening.GetAwaiter().GetResult();

    /// <summary>A connection of its own for one query.</summary>
    public DuckDBConnection Connect()
    {
        var connection = Database.Duplicate();
        connection.Open();
        return connection;
    }

    /// <summary>The columns of what a statement reads from, with their types.</summary>
    public IReadOnlyList<(string Name, string Type)> Describe(string source) =>
        Query($"DESCRIBE SELECT * FROM {source}", static row => (row.GetString(0), row.GetString(1)));

    public long Number(string sql) => Query(sql, static row => row.GetInt64(0))[0];

    public IReadOnlyList<T> Query<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        using var command = Database.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var result = new List<T>();
        while (rows.Read())
            result.Add(read(rows));
        return result;
    }

    public void Execute(string sql) => Execute(Database, sql);

    public void Dispose()
    {
        Database.Dispose();
        _temporary.Dispose();
    }

    private static DuckDBConnection Open(string folder, string temporary, EmbeddedOptions options)
    {
        var database = new DuckDBConnection("DataSource=:memory:");
        database.Open();
        string[] settings =
        [
            $"allowed_directories = [{DataFiles.Literal(folder)}]",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            $"temp_directory = {DataFiles.Literal(temporary)}",
            string.Create(CultureInfo.InvariantCulture, $"max_temp_directory_size = '{options.TemporaryMegabytes}MiB'"),
            string.Create(CultureInfo.InvariantCulture, $"memory_limit = '{options.MemoryMegabytes}MiB'"),
            // What loading a file has taken goes back to the system: the database's own allocator would keep up to 512 MB of it.
            "allocator_flush_threshold = '1MiB'",
            "allocator_bulk_deallocation_flush_threshold = '16MiB'",
            "allocator_background_threads = true",
            "enable_external_access = false",
            string.Create(CultureInfo.InvariantCulture, $"threads = {Math.Clamp(Environment.ProcessorCount, 1, 4)}"),
            "lock_configuration = true",
        ];
        foreach (var setting in settings)
            Execute(database, "SET " + setting);
        return database;
    }

    private static void Execute(DuckDBConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
