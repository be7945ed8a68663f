using System.Globalization;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Files;

/// <summary>A database in memory that reads one file; in its statements $1 is the file.</summary>
internal sealed class FileDatabase : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly string _path;

    public FileDatabase(string path)
    {
        _path = path;
        _connection.Open();
        Execute("SET streaming_buffer_size = '16MiB'");
    }

    public void Dispose() => _connection.Dispose();

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The names and types of the columns of a source, such as <c>read_parquet($1)</c>.</summary>
    public IReadOnlyList<(string Name, string Type)> Columns(string source)
    {
        using var command = Command($"DESCRIBE SELECT * FROM {source}");
        using var rows = command.ExecuteReader();
        var columns = new List<(string, string)>();
        while (rows.Read())
            columns.Add((rows.GetString(0), rows.GetString(1)));
        return columns;
    }

    public long Number(string sql)
    {
        using var command = Command(sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Hands over the rows one by one.</summary>
    public void Read(string sql, Action<DuckDBDataReader> row)
    {
        using var command = Command(sql);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            row(rows);
    }

    /// <summary>The rows as the database has them; several threads may scan at once.</summary>
    /// <exception cref="ColumnScanException">The database refuses the statement or the file.</exception>
    public ColumnScan Scan(string sql)
    {
        var own = _connection.Duplicate();
        own.Open();
        return new(own, sql, _path);
    }

    private DuckDBCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new DuckDBParameter(_path));
        return command;
    }
}
