using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// A series of which hardly anything is left: an outage that goes on. At night and at weekends, where little is usual, the detector needs
/// up to half an hour to see it, because its scale is that of the whole day. Here each of the two newest values, or more, is below a tenth
/// of all that came in the hour before them, and within half an hour of this time on this weekday, one and two weeks ago.
/// </summary>
internal static class FaintSeries
{
    private const double Left = 0.1;

    private const int LeastBuckets = 2, DaysOfWeek = 7, Weeks = 2;

    private const long Around = 1_800_000;

    /// <summary>As for a series without rows.</summary>
    private const double Severity = 75;

    /// <param name="values">The last of them is the newest; NaN where missing.</param>
    /// <param name="layout">How wide their buckets are.</param>
    /// <param name="end">The bucket after the newest.</param>
    /// <param name="options">What is of interest.</param>
    public static Incident? Of(ReadOnlySpan<double> values, EntityLayout layout, uint end, SeasonalScanOptions options)
    {
        var (day, around, run) = (layout.BucketsPerDay, (int)(Around / layout.Step), 0);
        while (run < Math.Min(values.Length, day) && IsFaint(values, values.Length - 1 - run, day * DaysOfWeek, around))
            run++;
        if (!options.Alarms.HasFlag(AlarmClasses.Outage) || options.Filter.Direction == Direction.Up
            || run < LeastBuckets || !IsBelow(values, values.Length - run, 2 * around))
            return null;
        var (value, usual) = (values[^1], Usual(values, day * DaysOfWeek));
        if (usual - value < Math.Max(options.Filter.MinDeviation, options.Filter.MinRelativeDeviation * usual))
            return null;
        return new()
        {
            Start = layout.TimeOf(end - (uint)run),
            End = layout.TimeOf(end),
            Ongoing = true,
            Peak = new(layout.TimeOf(end - 1), value, usual),
            Area = null,
            Kind = IncidentKind.Outage,
            Alarms = AlarmClasses.Outage,
            Severity = Severity,
            Reason = $"hardly any data: {Quantity.Short(value)} where {Quantity.Short(usual)} was usual",
        };
    }

    /// <summary>Whether it is worth to look: the newest two values are far below those of a week before.</summary>
    public static bool MayBe(ReadOnlySpan<double> today, ReadOnlySpan<double> before)
    {
        for (var i = 0; i < today.Length; i++)
        {
            if (!(today[i] >= 0 && today[i] < Left * before[i]))
                return false;
        }
        return true;
    }

    private static bool IsFaint(ReadOnlySpan<double> values, int at, int week, int around)
    {
        var minimum = double.PositiveInfinity;
        for (var center = at - week; center >= 0 && center >= at - Weeks * week; center -= week)
        {
            for (var near = Math.Max(0, center - around); near <= center + around; near++)
                minimum = values[near] < minimum ? values[near] : minimum;
        }
        return double.IsFinite(minimum) && values[at] >= 0 && values[at] < Left * minimum;
    }

    /// <summary>Whether the run is below all of the hour before it.</summary>
    private static bool IsBelow(ReadOnlySpan<double> values, int start, int hour)
    {
        var maximum = double.NegativeInfinity;
        foreach (var value in values[start..])
            maximum = Math.Max(maximum, value);
        foreach (var value in values[Math.Max(0, start - Math.Max(1, hour))..start])
        {
            if (maximum >= Left * value)
                return false;
        }
        return true;
    }

    /// <summary>The mean of this time on this weekday.</summary>
    private static double Usual(ReadOnlySpan<double> values, int week)
    {
        var (sum, count) = (0.0, 0);
        for (var at = values.Length - 1 - week; at >= 0; at -= week)
        {
            if (double.IsFinite(values[at]))
                (sum, count) = (sum + values[at], count + 1);
        }
        return sum / count;
    }
}
