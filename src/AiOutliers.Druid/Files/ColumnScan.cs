using System.Collections.Concurrent;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace AiOutliers.Druid.Files;

/// <summary>
/// The rows of a statement about a file, a chunk at a time, as the vectors in which the database has them: neither an object nor a text
/// is made of a value. The rows come in the order of the file; another thread reads on while a chunk is looked at.
/// </summary>
internal sealed class ColumnScan : IRowChunks, IDisposable
{
    /// <summary>Some 2,000 rows each.</summary>
    private const int ChunksAhead = 32;

    private readonly BlockingCollection<DuckDBDataChunk> _ahead = new(ChunksAhead);
    private readonly CancellationTokenSource _stop = new();
    private readonly DuckDBPreparedStatement _statement;
    private readonly Task _reading;
    private readonly DuckDBConnection _connection;
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;

    /// <param name="connection">An open one, closed with the scan.</param>
    /// <param name="sql">The statement; $1 is the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ColumnScanException">The database refuses the statement or the file.</exception>
    public ColumnScan(DuckDBConnection connection, string sql, string path)
    {
        _connection = connection;
        if (NativeMethods.PreparedStatements.DuckDBPrepare(connection.NativeConnection, sql, out _statement) != DuckDBState.Success)
            throw new ColumnScanException(NativeMethods.PreparedStatements.DuckDBPrepareError(_statement));
        NativeMethods.PreparedStatements.DuckDBBindVarchar(_statement, 1, path);
        if (NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(_statement, out _result) != DuckDBState.Success)
            throw new ColumnScanException(NativeMethods.Query.DuckDBResultError(ref _result));
        Columns = new ColumnVector[NativeMethods.Query.DuckDBColumnCount(ref _result)];
        _reading = Task.Factory.StartNew(ReadAhead, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public ColumnVector[] Columns { get; }

    public int Rows { get; private set; }

    /// <exception cref="ColumnScanException">The file is damaged here.</exception>
    public unsafe bool Next()
    {
        _chunk?.Dispose();
        _chunk = null;
        if (!_ahead.TryTake(out _chunk, Timeout.Infinite))
            return Failure() is { } error ? throw new ColumnScanException(error) : false;
        Rows = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(_chunk);
        for (var column = 0; column < Columns.Length; column++)
        {
            var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, column);
            Columns[column] = ColumnVector.OfDatabase(
                NativeMethods.Vectors.DuckDBVectorGetData(vector), NativeMethods.Vectors.DuckDBVectorGetValidity(vector));
        }
        return true;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _reading.Wait();
        _chunk?.Dispose();
        foreach (var chunk in _ahead)
            chunk.Dispose();
        NativeMethods.Query.DuckDBDestroyResult(ref _result);
        _statement.Dispose();
        _connection.Dispose();
        _ahead.Dispose();
        _stop.Dispose();
    }

    private string? Failure() => NativeMethods.Query.DuckDBResultError(ref _result) is { Length: > 0 } error ? error : null;

    /// <summary>Until the rows end, or nobody wants more.</summary>
    private void ReadAhead()
    {
        try
        {
            while (NativeMethods.StreamingResult.DuckDBStreamFetchChunk(_result) is { IsInvalid: false } chunk)
                _ahead.Add(chunk, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The chunk in hand is given back by the runtime.
        }
        finally
        {
            _ahead.CompleteAdding();
        }
    }
}
