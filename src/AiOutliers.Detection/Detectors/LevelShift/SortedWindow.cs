namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>A few values kept in order, so that the median stays at hand while values come and go.</summary>
/// <param name="storage">Room for as many values as are ever in it at once.</param>
internal ref struct SortedWindow(Span<double> storage)
{
    private readonly Span<double> _values = storage;

    public int Count { get; private set; }

    /// <summary>NaN when empty.</summary>
    public readonly double Median => Count switch
    {
        0 => double.NaN,
        _ when Count % 2 == 1 => _values[Count / 2],
        _ => (_values[Count / 2 - 1] + _values[Count / 2]) / 2,
    };

    public void Add(double value)
    {
        var hole = Count++;
        for (; hole > 0 && _values[hole - 1] > value; hole--)
            _values[hole] = _values[hole - 1];
        _values[hole] = value;
    }

    /// <param name="value">One of those that were added.</param>
    public void Remove(double value)
    {
        var at = 0;
        while (_values[at] != value)
            at++;
        Count--;
        for (; at < Count; at++)
            _values[at] = _values[at + 1];
    }
}
