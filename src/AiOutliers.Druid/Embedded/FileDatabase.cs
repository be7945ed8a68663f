using System.Globalization;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// An in-memory database that may read the files of one folder only, may load no extension, and whose settings are locked.
/// </summary>
internal sealed class FileDatabase : IDisposable
{
    private readonly DuckDBConnection _database;
    private readonly TemporaryFiles _temporary;

    /// <param name="folder">The folder, as a whole path.</param>
    /// <param name="options">What it may take.</param>
    public FileDatabase(string folder, EmbeddedOptions options)
    {
        _temporary = new(options.TemporaryPath);
        _database = new DuckDBConnection("DataSource=:memory:");
        _database.Open();
        Execute($"SET allowed_directories = [{DataFiles.Literal(folder)}]");
        Execute("SET autoinstall_known_extensions = false");
        Execute("SET autoload_known_extensions = false");
        Execute($"SET temp_directory = {DataFiles.Literal(_temporary.Folder)}");
        Execute(string.Create(CultureInfo.InvariantCulture, $"SET max_temp_directory_size = '{options.TemporaryMegabytes}MiB'"));
        Execute(string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{options.MemoryMegabytes}MiB'"));
        // What loading a file has taken goes back to the system: the database's own allocator would keep up to 512 MB of it.
        Execute("SET allocator_flush_threshold = '8MiB'");
        Execute("SET allocator_bulk_deallocation_flush_threshold = '16MiB'");
        Execute("SET allocator_background_threads = true");
        Execute("SET enable_external_access = false");
        Execute(string.Create(CultureInfo.InvariantCulture, $"SET threads = {Math.Clamp(Environment.ProcessorCount, 1, 4)}"));
        Execute("SET lock_configuration = true");
    }

    /// <summary>A connection of its own for one query.</summary>
    public DuckDBConnection Connect()
    {
        var connection = _database.Duplicate();
        connection.Open();
        return connection;
    }

    /// <summary>The columns of what a statement reads from, with their types.</summary>
    public IReadOnlyList<(string Name, string Type)> Describe(string source) =>
        Query($"DESCRIBE SELECT * FROM {source}", static row => (row.GetString(0), row.GetString(1)));

    public long Number(string sql) => Query(sql, static row => row.GetInt64(0))[0];

    public IReadOnlyList<T> Query<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        using var command = _database.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var result = new List<T>();
        while (rows.Read())
            result.Add(read(rows));
        return result;
    }

    public void Execute(string sql)
    {
        using var command = _database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _database.Dispose();
        _temporary.Dispose();
    }
}
