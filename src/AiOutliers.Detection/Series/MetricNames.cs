namespace AiOutliers.Detection.Series;

/// <summary>The metrics of rows that are read one by one, in the order in which they are met; their number is bounded.</summary>
internal sealed class MetricNames
{
    private const int Most = 1000;

    /// <summary>Characters, or bytes: messages repeat names, and each would take a multiple of one of a megabyte.</summary>
    public const int Longest = 1000;

    private readonly List<string> _names = [];

    public IReadOnlyList<string> All => _names;

    /// <param name="metric">Its name.</param>
    /// <param name="column">Its place.</param>
    /// <returns>Whether it was not met before.</returns>
    /// <exception cref="AiOutliersException">There are too many.</exception>
    public bool Add(string metric, out int column)
    {
        column = _names.IndexOf(metric);
        if (column >= 0)
            return false;
        if (metric.Length > Longest)
            throw TooLong(metric.Length);
        if (_names.Count == Most)
            throw new AiOutliersException(ErrorKind.BadInput, $"the rows have more than {Most} metrics; ask for fewer");
        column = _names.Count;
        _names.Add(metric);
        return true;
    }

    public static AiOutliersException TooLong(int length) =>
        new(ErrorKind.BadInput, $"a metric's name has {length} characters; at most {Longest} are read");
}
