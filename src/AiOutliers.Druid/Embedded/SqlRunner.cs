using AiOutliers.Detection;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Embedded;

/// <summary>Runs statements on one connection, with the query's time limit.</summary>
internal sealed class SqlRunner : IDisposable
{
    /// <summary>Planning takes time that grows with the square of the statement, and cannot be stopped.</summary>
    private const int LongestStatement = 200_000;

    /// <summary>A year at one minute with eleven metrics, and the time of each row; some 200 MB while it is read.</summary>
    private const int MostValues = 7_000_000;

    private const string TooLong =
        "the embedded engine did not answer within the query's timeout; ask for a shorter interval or raise context.timeout";

    private readonly DuckDBConnection _connection;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _limit;

    public SqlRunner(DuckDBConnection connection, TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        (_connection, _caller) = (connection, caller);
        _limit = new CancellationTokenSource(limit, time);
    }

    /// <summary>All rows, each value as a long, a double, a text or null.</summary>
    /// <exception cref="AiOutliersException">The statement failed or took too long.</exception>
    public List<object?[]> Run(string sql, SqlParameters parameters)
    {
        var rows = new List<object?[]>();
        Read(sql, parameters, row =>
        {
            var values = new object?[row.FieldCount];
            for (var field = 0; field < values.Length; field++)
                values[field] = row.IsDBNull(field) ? null : row.GetValue(field);
            rows.Add(values);
        }, valuesPerRow: 0);
        return rows;
    }

    /// <summary>Hands over the rows one by one, without making objects of their values.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its values.</param>
    /// <param name="row">Gets each row.</param>
    /// <param name="valuesPerRow">How many values a row becomes; counted where they are more than its fields.</param>
    /// <exception cref="AiOutliersException">The statement failed or took too long.</exception>
    public void Read(string sql, SqlParameters parameters, Action<DuckDBDataReader> row, int valuesPerRow) =>
        Read(sql, parameters, row, valuesPerRow, MostValues, streamed: false);

    /// <summary>The same for rows that are kept in columns as they come: the database holds no second copy, and more are allowed.</summary>
    public void Stream(string sql, SqlParameters parameters, Action<DuckDBDataReader> row, long most) =>
        Read(sql, parameters, row, valuesPerRow: 0, most, streamed: true);

    private void Read(string sql, SqlParameters parameters, Action<DuckDBDataReader> row, int valuesPerRow, long most, bool streamed)
    {
        if (sql.Length > LongestStatement)
            throw Unsupported.Feature("a query with as many parts");
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = streamed;
        parameters.CopyTo(command);
        using var limited = _limit.Token.Register(command.Cancel);
        using var cancelled = _caller.Register(command.Cancel);
        try
        {
            // A cancellation before the statement runs would be lost: loading a file may have taken all of the time.
            _limit.Token.ThrowIfCancellationRequested();
            Read(command, row, valuesPerRow, most, _caller);
        }
        catch (Exception error) when (error is DuckDBException or OperationCanceledException)
        {
            _caller.ThrowIfCancellationRequested();
            throw _limit.IsCancellationRequested
                ? new AiOutliersException(ErrorKind.SourceFailed, TooLong, new TimeoutException(TooLong, error))
                : new AiOutliersException(
                    ErrorKind.SourceFailed, $"the embedded engine could not run the query: {error.Message.Split('\n', 2)[0]}", error);
        }
    }

    public void Dispose()
    {
        _limit.Dispose();
        _connection.Dispose();
    }

    private static void Read(DuckDBCommand command, Action<DuckDBDataReader> row, int valuesPerRow, long most, CancellationToken caller)
    {
        using var reader = command.ExecuteReader();
        valuesPerRow = Math.Max(valuesPerRow, reader.FieldCount);
        for (var rows = 1L; reader.Read(); rows++)
        {
            if (rows * valuesPerRow > most)
            {
                throw Unsupported.Wrong(
                    $"its answer has more than {most} values; ask for a shorter interval, a coarser granularity or fewer aggregations");
            }
            caller.ThrowIfCancellationRequested();
            row(reader);
        }
    }
}
