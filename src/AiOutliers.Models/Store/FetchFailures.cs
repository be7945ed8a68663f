namespace AiOutliers.Models.Store;

/// <summary>The models of one poll that could not be fetched. Used by several transfers at once.</summary>
/// <param name="mostInARow">After so many without a success between them it is the store that fails.</param>
internal sealed class FetchFailures(int mostInARow)
{
    private readonly Lock _lock = new();
    private string? _first;
    private int _count, _inARow;

    public bool TooMany
    {
        get
        {
            lock (_lock)
                return _inARow >= mostInARow;
        }
    }

    /// <summary>For people; null when all went well.</summary>
    public string? Summary
    {
        get
        {
            lock (_lock)
                return _count switch { 0 => null, 1 => _first, _ => $"{_first}; and {_count - 1} more models could not be fetched" };
        }
    }

    public void Succeeded()
    {
        lock (_lock)
            _inARow = 0;
    }

    public void Add(string model, string reason)
    {
        lock (_lock)
        {
            _first ??= $"the model '{model}' could not be fetched: {reason}";
            _count++;
            _inARow++;
        }
    }
}
