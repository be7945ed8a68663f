namespace AiOutliers.Detection.Attribution;

/// <summary>Numbers the values of one dimension, first as they come, at the end in ascending ordinal order; null comes first.</summary>
internal sealed class ValueNumbers
{
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly List<string?> _values = [];
    private int _null = -1;

    public int Of(string? value)
    {
        if (value is null)
            return _null >= 0 ? _null : _null = Append(null);
        if (!_known.TryGetValue(value, out var number))
            _known[value] = number = Append(value);
        return number;
    }

    /// <returns>The values in order; and the place of each number in it.</returns>
    public (string?[] Values, int[] Rank) InOrder()
    {
        var numbers = Enumerable.Range(0, _values.Count).ToArray();
        Array.Sort(numbers, (one, other) => string.CompareOrdinal(_values[one], _values[other]));
        var rank = new int[numbers.Length];
        for (var place = 0; place < numbers.Length; place++)
            rank[numbers[place]] = place;
        return ([.. numbers.Select(number => _values[number])], rank);
    }

    private int Append(string? value)
    {
        _values.Add(value);
        return _values.Count - 1;
    }
}
