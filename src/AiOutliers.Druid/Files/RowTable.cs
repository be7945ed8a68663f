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
        return Build(rows, times, IsAscending(times) ? null : Order(times, ascending: true), metrics, texts);
    }

    /// <summary>Rows in any order, no two of one time; the table says whether they came in that of time.</summary>
    public static MetricTable OfDistinct(
        long[] rows, IReadOnlyList<string> metrics, IReadOnlyDictionary<long, string>? texts, bool cameAscending)
    {
        var times = Times(rows, metrics.Count);
        // The other way round, so that the table has to sort them.
        return Build(rows, times, Order(times, cameAscending), metrics, texts);
    }

    private static bool IsAscending(ReadOnlySpan<long> times)
    {
        for (var row = 1; row < times.Length; row++)
        {
            if (times[row] < times[row - 1])
                return false;
        }
        return true;
    }

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
        long[] rows, long[] times, int[]? order, IReadOnlyList<string> metrics, IReadOnlyDictionary<long, string>? texts)
    {
        var width = 1 + metrics.Count;
        var table = Builder(metrics);
        table.AddRows(order is null ? times : Array.ConvertAll(order, row => times[row]));
        for (var at = 0; at < times.Length && texts?.Count > 0; at++)
        {
            if (rows[(order?[at] ?? at) * width] is var time && RowTime.HasText(time))
                table.SetTimestamp(at, texts[time]);
        }
        for (var column = 0; column < metrics.Count; column++)
        {
            var values = table.Values(column);
            for (var at = 0; at < values.Length; at++)
                values[at] = BitConverter.Int64BitsToDouble(rows[(order is null ? at : order[at]) * width + 1 + column]);
        }
        return table.Build();
    }
}
