using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Files;

/// <summary>The rows of many series, each of those of one part of a file behind those of the part before it.</summary>
internal sealed class RowParts : ISeriesRows
{
    private const int None = -1;

    private readonly (RowBlocks Rows, int[] Series)[] _parts;
    private readonly IReadOnlyList<string> _metrics;
    private readonly IReadOnlyDictionary<long, string> _texts;

    /// <param name="parts">The rows of each part, and the number here of each of its series.</param>
    /// <param name="metrics">The columns, each name once.</param>
    /// <param name="texts">The text of each <see cref="RowTime"/> that has one.</param>
    public RowParts(
        IReadOnlyList<(RowBlocks Rows, int[] Numbers)> parts, IReadOnlyList<string> metrics, IReadOnlyDictionary<long, string> texts)
    {
        (_metrics, _texts) = (metrics, texts);
        Series = 1 + parts.Max(static part => part.Numbers.DefaultIfEmpty(None).Max());
        Count = parts.Aggregate(0, static (count, part) => checked(count + part.Rows.Count));
        _parts = [.. parts.Select(part => (part.Rows, Inverse(part.Numbers)))];
    }

    /// <summary>How many series there are.</summary>
    public int Series { get; }

    public int Count { get; }

    public long Bytes => (long)Count * (1 + _metrics.Count) * sizeof(long);

    public MetricTable Table(int series)
    {
        var rows = _parts.Sum(part => part.Series[series] is var own and not None ? part.Rows.RowsOf(own) : 0);
        var table = new RowTable(rows, _metrics, _texts);
        var at = 0;
        foreach (var (part, own) in _parts)
        {
            if (own[series] == None)
                continue;
            part.Read(own[series], table, at);
            at += part.RowsOf(own[series]);
        }
        return table.Table();
    }

    /// <summary>All rows as one series, whichever they are of; no two have one time.</summary>
    /// <param name="cameAscending">Whether they came in the order of time.</param>
    public MetricTable Single(bool cameAscending)
    {
        var table = new RowTable(Count, _metrics, _texts);
        var at = 0;
        foreach (var (part, _) in _parts)
        {
            for (var series = 0; series < part.Series; at += part.RowsOf(series), series++)
                part.Read(series, table, at);
        }
        return table.DistinctTable(cameAscending);
    }

    private int[] Inverse(int[] numbers)
    {
        var inverse = new int[Series];
        Array.Fill(inverse, None);
        for (var own = 0; own < numbers.Length; own++)
            inverse[numbers[own]] = own;
        return inverse;
    }
}
