namespace AiOutliers.Detection.Attribution;

/// <summary>The elements of one cuboid with the largest values; among equals the one whose values have lower numbers.</summary>
internal sealed class Ranking(CellTable cells, Cuboid cuboid, int most)
{
    private readonly List<(int Element, double Value)> _items = new(most + 1);

    /// <summary>The largest first.</summary>
    public IReadOnlyList<(int Element, double Value)> Items => _items;

    public void Add(int element, double value)
    {
        if (_items.Count == most && value < _items[^1].Value)
            return;
        var at = _items.Count;
        while (at > 0 && IsBefore(element, value, _items[at - 1]))
            at--;
        _items.Insert(at, (element, value));
        if (_items.Count > most)
            _items.RemoveAt(most);
    }

    private bool IsBefore(int element, double value, (int Element, double Value) other) =>
        value > other.Value || value == other.Value && cuboid.Compare(cells, element, other.Element) < 0;
}
