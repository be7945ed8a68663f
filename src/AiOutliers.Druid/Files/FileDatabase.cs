using System.Globalization;
using System.Runtime.ExceptionServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

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

    /// <summary>A function of ours for its statements.</summary>
    public ChunkFunction Function(string name, IReadOnlyList<DuckDBType> arguments, bool isPure, ChunkWork work) =>
        ChunkFunction.Register(_connection, name, arguments, isPure, work);

    /// <summary>Runs a statement for what its functions do. Several threads may run one each.</summary>
    /// <exception cref="DuckDBException">The database refuses the file.</exception>
    public void Run(string sql, IReadOnlyList<ChunkFunction> functions)
    {
        using var own = _connection.Duplicate();
        own.Open();
        using var command = Command(own, sql);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (DuckDBException) when (functions.FirstOrDefault(static function => function.Failure is not null) is { } failed)
        {
            ExceptionDispatchInfo.Throw(failed.Failure!);
        }
    }

    private DuckDBCommand Command(string sql) => Command(_connection, sql);

    private DuckDBCommand Command(DuckDBConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new DuckDBParameter(_path));
        return command;
    }
}
