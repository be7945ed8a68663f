using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace AiOutliers.Druid.Files;

/// <summary>The rows of a CSV file. The first can be looked at before they are read; another thread splits meanwhile.</summary>
internal sealed class CsvScan : IDisposable
{
    private const int Chunks = 4;

    private readonly BlockingCollection<CsvChunk> _ready = new(Chunks);
    private readonly BlockingCollection<CsvChunk> _free = [];
    private readonly Queue<CsvChunk> _first = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CsvSplitter _splitter;
    private CsvChunk? _chunk;
    private Task? _splitting;

    /// <param name="splitter">Gives the rows.</param>
    /// <param name="columns">Fields of every row.</param>
    /// <param name="rows">So many are read at once, and can be looked at.</param>
    public CsvScan(CsvSplitter splitter, int columns, int rows)
    {
        _splitter = splitter;
        Columns = new ColumnVector[columns];
        for (var chunk = new CsvChunk(columns); rows > 0 && splitter.Read(chunk); rows -= chunk.Rows, chunk = new(columns))
            _first.Enqueue(chunk);
        if (rows > 0)
            _ready.CompleteAdding();
    }

    /// <summary>The columns of the rows at hand.</summary>
    public ColumnVector[] Columns { get; }

    /// <summary>How many rows are at hand.</summary>
    public int Rows { get; private set; }

    /// <summary>The texts of a column in the first rows.</summary>
    public IEnumerable<string> First(int column, int rows)
    {
        foreach (var chunk in _first)
        {
            for (var row = 0; row < chunk.Rows && rows > 0; row++, rows--)
            {
                if (!chunk.Column(column).IsNull(row))
                    yield return FieldText.Of(chunk.Column(column).Text(row));
            }
        }
    }

    /// <summary>Goes on to the next rows; what was at hand is gone.</summary>
    public bool Next()
    {
        if (_first.TryDequeue(out var first))
            return Take(first);
        if (_splitting is null && !_ready.IsAddingCompleted)
            _splitting = Task.Factory.StartNew(Split, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (_chunk is not null)
            _free.Add(_chunk);
        _chunk = null;
        if (_ready.TryTake(out var chunk, Timeout.Infinite))
            return Take(chunk);
        if (_splitting?.Exception?.InnerException is { } error)
            ExceptionDispatchInfo.Throw(error);
        return false;
    }

    public void Dispose()
    {
        _stop.Cancel();
        // Its failure was thrown where the rows were read, or nobody reads them.
        ((IAsyncResult?)_splitting)?.AsyncWaitHandle.WaitOne();
        _stop.Dispose();
        _ready.Dispose();
        _free.Dispose();
    }

    private bool Take(CsvChunk chunk)
    {
        _chunk = chunk;
        Rows = chunk.Rows;
        for (var column = 0; column < Columns.Length; column++)
            Columns[column] = chunk.Column(column);
        return true;
    }

    private void Split()
    {
        try
        {
            for (var made = 0; ; made++)
            {
                var chunk = made < Chunks ? new CsvChunk(Columns.Length) : _free.Take(_stop.Token);
                if (!_splitter.Read(chunk))
                    return;
                _ready.Add(chunk, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody wants more.
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }
}
