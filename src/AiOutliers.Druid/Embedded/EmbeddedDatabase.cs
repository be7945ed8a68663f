using System.Globalization;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Embedded;

/// <summary>A database in memory that may read one folder only, may load no extension, and whose settings are locked.</summary>
internal static class EmbeddedDatabase
{
    /// <param name="path">The folder that it may read.</param>
    /// <param name="temporary">Where it puts what does not fit in memory.</param>
    /// <param name="options">Its bounds.</param>
    public static DuckDBConnection Open(string path, string temporary, EmbeddedOptions options)
    {
        var database = new DuckDBConnection("DataSource=:memory:");
        database.Open();
        string[] settings =
        [
            $"allowed_directories = [{DataFiles.Literal(path)}]",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            $"temp_directory = {DataFiles.Literal(temporary)}",
            string.Create(CultureInfo.InvariantCulture, $"max_temp_directory_size = '{options.TemporaryMegabytes}MiB'"),
            string.Create(CultureInfo.InvariantCulture, $"memory_limit = '{options.MemoryMegabytes}MiB'"),
            // What loading a file has taken goes back to the system: the database's own allocator would keep up to 512 MB of it.
            "allocator_flush_threshold = '8MiB'",
            "allocator_bulk_deallocation_flush_threshold = '16MiB'",
            "allocator_background_threads = true",
            "enable_external_access = false",
            string.Create(CultureInfo.InvariantCulture, $"threads = {Math.Clamp(Environment.ProcessorCount, 1, 4)}"),
            "lock_configuration = true",
        ];
        using var command = database.CreateCommand();
        command.CommandText = string.Join(';', settings.Select(static setting => "SET " + setting));
        command.ExecuteNonQuery();
        return database;
    }
}
