using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// A series of which hardly anything is left: an outage that goes on. At night and at weekends, where little is usual, the detector needs
/// up to half an hour to see it, because its scale is that of the whole day. Here each of the two newest values, or more, is below a fifth
/// of the least that came within half an hour of this time on any of the last 14 days. A series that was as low before has no such incident.
/// </summary>
internal static class FaintSeries
{
    private const double Left = 0.2;

    private const int LeastBuckets = 2, LeastDays = 7, MostDays = 14;

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
        while (run < Math.Min(values.Length, day - around) && IsFaint(values, values.Length - 1 - run, day, around))
            run++;
        if (run < LeastBuckets || !options.Alarms.HasFlag(AlarmClasses.Outage) || options.Filter.Direction == Direction.Up)
            return null;
        var (value, usual) = (values[^1], Usual(values, day));
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

    /// <summary>Whether it is worth to look: the newest two values are far below those of the day before.</summary>
    public static bool MayBe(ReadOnlySpan<double> today, ReadOnlySpan<double> yesterday)
    {
        for (var i = 0; i < today.Length; i++)
        {
            if (!(today[i] >= 0 && today[i] < Left * yesterday[i]))
                return false;
        }
        return true;
    }

    private static bool IsFaint(ReadOnlySpan<double> values, int at, int day, int around)
    {
        var (least, days) = (double.PositiveInfinity, 0);
        for (var center = at - day; center >= 0 && center >= at - MostDays * day; center -= day)
        {
            days += double.IsFinite(values[center]) ? 1 : 0;
            for (var near = Math.Max(0, center - around); near <= center + around; near++)
                least = values[near] < least ? values[near] : least;
        }
        return days >= LeastDays && least > 0 && values[at] >= 0 && values[at] < Left * least;
    }

    /// <summary>The mean of this time on the days before.</summary>
    private static double Usual(ReadOnlySpan<double> values, int day)
    {
        var (sum, count) = (0.0, 0);
        for (var at = values.Length - 1 - day; at >= 0; at -= day)
        {
            if (double.IsFinite(values[at]))
                (sum, count) = (sum + values[at], count + 1);
        }
        return sum / count;
    }
}
