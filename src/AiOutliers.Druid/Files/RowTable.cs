using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Files;

/// <summary>Makes a table of rows that stand one behind the other: a <see cref="RowTime"/> and the values of the columns.</summary>
internal static class RowTable
{
    /// <summary>The columns, each name once.</summary>
    /// <exception cref="Detection.AiOutliersException">There are too many.</exception>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> metrics) => Builder(metrics).Metrics;

    /// <summary>Room for so many rows.</summary>
    /// <exception cref="Detection.AiOutliersException">A table does not take as many.</exception>
    public static long[] Room(int rows, IReadOnlyList<string> metrics)
    {
        MetricTableBuilder.CheckSize(rows, metrics.Count);
        return new long[rows * (1 + metrics.Count)];
    }

    /// <summary>By time; rows of one time in the order in which they came.</summary>
    public static MetricTable Of(long[] rows, IReadOnlyList<string> metrics, IReadOnlyDictionary<long, string>? texts)
    {
        var times = Times(rows, metrics.Count);
        var isAscending = true;
        for (var row = 1; row < times.Length; row++)
            isAscending &= times[row] >= times[row - 1];
        return Build(rows, isAscending ? null : Order(times, ascending: true), metrics, texts);
    }

    /// <summary>Rows in any order, no two of one time; the table says whether they came in that of time.</summary>
    public static MetricTable OfDistinct(
        long[] rows, IReadOnlyList<string> metrics, IReadOnlyDictionary<long, string>? texts, bool cameAscending) =>
        // The other way round, so that the table has to sort them.
        Build(rows, Order(Times(rows, metrics.Count), cameAscending), metrics, texts);

    private static MetricTableBuilder Builder(IReadOnlyList<string> metrics)
    {
        var table = new MetricTableBuilder();
        foreach (var metric in metrics)
            table.ColumnOf(metric);
        return table;
    }

    private static long[] Times(long[] rows, int metrics)
    {
        var times = new long[rows.Length / (1 + metrics)];
        for (var row = 0; row < times.Length; row++)
            times[row] = RowTime.Milliseconds(rows[row * (1 + metrics)]);
        return times;
    }

    private static int[] Order(long[] times, bool ascending)
    {
        var order = Enumerable.Range(0, times.Length).ToArray();
        Array.Sort(order, (a, b) => times[a] != times[b] ? times[a].CompareTo(times[b]) : a.CompareTo(b));
        if (!ascending)
            Array.Reverse(order);
        return order;
    }

    private static MetricTable Build(
        long[] rows, int[]? order, IReadOnlyList<string> metrics, IReadOnlyDictionary<long, string>? texts)
    {
        var width = 1 + metrics.Count;
        var table = Builder(metrics);
        var count = rows.Length / width;
        table.Expect(count);
        for (var at = 0; at < count; at++)
        {
            var time = rows[(order?[at] ?? at) * width];
            table.AddRow(RowTime.Milliseconds(time), RowTime.HasText(time) ? texts?[time] : null);
        }
        for (var column = 0; column < metrics.Count; column++)
        {
            var values = table.Values(column);
            for (var at = 0; at < values.Length; at++)
                values[at] = BitConverter.Int64BitsToDouble(rows[(order?[at] ?? at) * width + 1 + column]);
        }
        return table.Build();
    }
}
