using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// A series that used to have rows and has none up to the window's end: an outage that goes on. Detectors look between rows, so they tell
/// of such a gap only when it is over. The rule is theirs: of n points with m missing elsewhere, L missing ones at the end count when
/// n·((m + 0.5)/n)^L &lt; 0.01.
/// </summary>
internal static class SilentSeries
{
    private const double Chance = 0.01;

    /// <summary>As for a gap between rows.</summary>
    private const double Severity = 75;

    private const long Day = 86_400_000;

    /// <param name="table">Its rows until now, at least one; the step is known.</param>
    /// <param name="metric">The metric that the words are about.</param>
    /// <param name="until">The end of the last complete bucket, in milliseconds since 1970.</param>
    /// <returns>Null where the silence may be chance.</returns>
    public static Incident? Of(MetricTable table, string metric, long until)
    {
        var step = table.StepMilliseconds;
        var start = table.Times[^1] + step;
        if (step <= 0 || start >= until)
            return null;
        var points = (until - table.Times[0]) / step;
        var silent = (until - start) / step;
        var elsewhere = points - silent - table.Rows;
        // Data that is mostly missing has no usual to be missed.
        if (2 * (silent + elsewhere) >= points || points * Math.Pow((elsewhere + 0.5) / points, silent) >= Chance)
            return null;
        return new()
        {
            Start = start,
            End = until,
            Ongoing = true,
            Peak = null,
            Area = null,
            Kind = IncidentKind.Outage,
            Alarms = AlarmClasses.Outage,
            Severity = Severity,
            Reason = $"no data where {Quantity.Short(Usual(table, metric, start, until))} was usual",
        };
    }

    /// <summary>The mean of the same times a day before, else of all rows.</summary>
    private static double Usual(MetricTable table, string metric, long from, long until)
    {
        var values = table.Column(metric);
        var (sum, count) = (0.0, 0);
        for (var row = table.RowFrom(from - Day); row < table.Rows && table.Times[row] < until - Day; row++)
        {
            if (double.IsFinite(values[row]))
                (sum, count) = (sum + values[row], count + 1);
        }
        if (count > 0)
            return sum / count;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
                (sum, count) = (sum + value, count + 1);
        }
        return count > 0 ? sum / count : 0;
    }
}
