using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Series;

/// <summary>
/// Makes a <see cref="MetricTable"/> of columns, which it takes over: sorts their rows by time and keeps the last of equal ones.
/// </summary>
public static class MetricColumns
{
    private static readonly long Infinity = BitConverter.DoubleToInt64Bits(double.PositiveInfinity);
    private static readonly long MinusInfinity = BitConverter.DoubleToInt64Bits(double.NegativeInfinity);
    private static readonly long NaN = BitConverter.DoubleToInt64Bits(double.NaN);

    /// <param name="times">Milliseconds since 1970-01-01T00:00Z.</param>
    /// <param name="timestamps">The texts of rows whose timestamp is not the canonical one, null for others; null where none is.</param>
    /// <param name="metrics">The names of the columns.</param>
    /// <param name="columns">One value per row each; what is not finite is missing.</param>
    /// <param name="mergesEqualTimes">Whether rows of one time are one row, with the values of each.</param>
    public static MetricTable Table(
        long[] times, string?[]? timestamps, IReadOnlyList<string> metrics, double[][] columns, bool mergesEqualTimes = false)
    {
        var warnings = new List<string>();
        if (columns.Sum(DropInfinities) is var infinities and > 0)
            warnings.Add($"Missing: {Counted.Of(infinities, "infinite value")}.");
        if (IsStrictlyAscending(times))
            return new(times, timestamps, [.. metrics], columns, warnings);
        var order = Order(times, warnings);
        var (kept, duplicates) = Distinct(order, times, mergesEqualTimes ? columns : null);
        if (duplicates > 0)
            warnings.Add($"{Counted.Of(duplicates, "row")} had the timestamp of another row; the last of each was kept.");
        return new(
            At(kept, times), timestamps is null ? null : At(kept, timestamps), [.. metrics],
            Array.ConvertAll(columns, column => At(kept, column)), warnings)
        {
            Duplicates = duplicates,
        };
    }

    private static int DropInfinities(double[] column)
    {
        var bits = MemoryMarshal.Cast<double, long>(column.AsSpan());
        var count = 0;
        while (bits.IndexOfAny(Infinity, MinusInfinity) is var at and >= 0)
        {
            bits[at] = NaN;
            bits = bits[at..];
            count++;
        }
        return count;
    }

    private static bool IsStrictlyAscending(ReadOnlySpan<long> times)
    {
        for (var row = 1; row < times.Length; row++)
        {
            if (times[row] <= times[row - 1])
                return false;
        }
        return true;
    }

    /// <summary>The rows by time; those of one time as they came.</summary>
    private static int[] Order(long[] times, List<string> warnings)
    {
        var order = new int[times.Length];
        var isAscending = true;
        for (var row = 0; row < times.Length; row++)
        {
            order[row] = row;
            isAscending &= row == 0 || times[row] >= times[row - 1];
        }
        if (!isAscending)
        {
            warnings.Add("The rows were not in order of time; they were sorted.");
            Array.Sort(order, (a, b) => times[a] != times[b] ? times[a].CompareTo(times[b]) : a.CompareTo(b));
        }
        return order;
    }

    /// <summary>The last row of each time, and how many were dropped; with columns, rows that could be merged are not.</summary>
    private static (int[] Kept, int Dropped) Distinct(int[] order, long[] times, double[][]? merged)
    {
        var kept = new List<int>(order.Length);
        var dropped = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (i + 1 == order.Length || times[order[i]] != times[order[i + 1]])
                kept.Add(order[i]);
            else if (merged is null || !TryMerge(merged, order[i], order[i + 1]))
                dropped++;
        }
        return ([.. kept], dropped);
    }

    /// <summary>Puts the values of a row into a later one of the same time.</summary>
    /// <returns>Whether none was there twice; of those the later one counts.</returns>
    private static bool TryMerge(double[][] columns, int earlier, int later)
    {
        var isWhole = true;
        foreach (var column in columns)
        {
            isWhole &= double.IsNaN(column[earlier]) || double.IsNaN(column[later]);
            if (double.IsNaN(column[later]))
                column[later] = column[earlier];
        }
        return isWhole;
    }

    private static T[] At<T>(int[] rows, T[] values) => Array.ConvertAll(rows, row => values[row]);
}
