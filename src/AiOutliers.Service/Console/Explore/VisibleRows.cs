using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Plotting;

namespace AiOutliers.Service.Console.Explore;

/// <summary>
/// The rows of a stretch of time that a picture of some width can show: per column of pixels the first, the lowest, the highest and the
/// last, and every anomalous one. Where rows or values are missing stands <see cref="Gap"/>, so that the line breaks.
/// </summary>
internal static class VisibleRows
{
    public const int Gap = -1;

    /// <param name="report">One metric.</param>
    /// <param name="range">The stretch; one row on either side belongs to it, so that the line reaches the edges.</param>
    /// <param name="width">Pixels.</param>
    public static IReadOnlyList<int> Of(AnalysisReport report, TimeRange range, int width)
    {
        var table = report.Table;
        var values = table.Column(report.Metric).ToArray();
        var first = Math.Max(0, table.RowFrom(range.From) - 1);
        var end = Math.Min(table.Rows, table.RowFrom(range.Until) + 1);
        var times = table.Times.ToArray();
        var kept = new SortedSet<int>();
        foreach (var (start, stop) in Runs(values, first, end))
            kept.UnionWith(PlotThinning.Rows(values, start, stop, Column));
        for (var row = first; row < end; row++)
        {
            if (report.Result.Anomalies[row])
                kept.Add(row);
        }
        return WithGaps([.. kept], times, values, table.StepMilliseconds);

        int Column(int row) => (int)((times[row] - range.From) * (double)width / (range.Until - range.From));
    }

    /// <summary>Rows that follow each other and have a value.</summary>
    private static IEnumerable<(int Start, int Stop)> Runs(double[] values, int first, int end)
    {
        for (var start = first; start < end; start++)
        {
            if (double.IsNaN(values[start]))
                continue;
            var stop = start + 1;
            while (stop < end && !double.IsNaN(values[stop]))
                stop++;
            yield return (start, stop);
            start = stop;
        }
    }

    private static List<int> WithGaps(int[] rows, long[] times, double[] values, long step)
    {
        var all = new List<int>(rows.Length);
        for (var at = 0; at < rows.Length; at++)
        {
            if (at > 0 && IsBroken(rows[at - 1], rows[at], times, values, step))
                all.Add(Gap);
            all.Add(rows[at]);
        }
        return all;
    }

    private static bool IsBroken(int before, int row, long[] times, double[] values, long step)
    {
        for (var at = before + 1; at <= row; at++)
        {
            if (double.IsNaN(values[at]) || step > 0 && times[at] - times[at - 1] > step + step / 2)
                return true;
        }
        return false;
    }
}
