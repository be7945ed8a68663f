using AiOutliers.Detection.Series;

namespace AiOutliers.Service.Plotting;

/// <summary>The stretches of a series that a line is drawn through.</summary>
internal static class PlotRuns
{
    /// <summary>Rows without a gap: neither missing values nor missing rows between them.</summary>
    public static List<(int Start, int End)> Of(MetricTable table, double[] values)
    {
        var runs = new List<(int, int)>();
        var start = -1;
        for (var row = 0; row <= values.Length; row++)
        {
            var known = row < values.Length && double.IsFinite(values[row]);
            var gap = row > 0 && row < values.Length
                && table.Times[row] - table.Times[row - 1] > 1.5 * table.StepMilliseconds;
            if (start >= 0 && (!known || gap))
            {
                runs.Add((start, row));
                start = -1;
            }
            if (known && start < 0)
                start = row;
        }
        return runs;
    }
}
