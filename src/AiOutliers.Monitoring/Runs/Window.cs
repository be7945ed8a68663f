using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>The stretch of time that one run judges, in whole buckets; milliseconds since 1970.</summary>
internal readonly record struct Window(long From, long To)
{
    /// <summary>The window that comes next; its end may lie in the future.</summary>
    /// <param name="spec">The monitor's.</param>
    /// <param name="nextFrom">Where it begins; null before the first run, which takes the last whole window.</param>
    /// <param name="now">The time.</param>
    public static Window Next(MonitorSpec spec, long? nextFrom, long now)
    {
        var (schedule, step) = (spec.Schedule, spec.Series.Step);
        if (nextFrom is not { } from)
        {
            var end = schedule.AtOrBefore(now - (long)spec.Delay.TotalMilliseconds);
            return Aligned(schedule.AtOrBefore(end - 1), end, step);
        }
        // A revision may have made the buckets wider: what is judged already is not judged again.
        var begin = (from + step - 1) / step * step;
        var to = schedule.After(begin);
        while (to / step * step <= begin)
            to = schedule.After(to);
        return new(begin, to / step * step);
    }

    /// <summary>Of the windows from this one on, the begin of the first that is not too long ago; null when this one is it.</summary>
    public long? SkippedUntil(MonitorSpec spec, long now)
    {
        var oldest = now - (long)spec.CatchUp.TotalMilliseconds;
        return To >= oldest ? null : Math.Max(To, spec.Schedule.AtOrBefore(oldest) / spec.Series.Step * spec.Series.Step);
    }

    /// <summary>Whether it may be asked for.</summary>
    public bool IsDue(MonitorSpec spec, long now) => To + (long)spec.Delay.TotalMilliseconds <= now;

    private static Window Aligned(long from, long to, long step)
    {
        var end = to / step * step;
        return new(Math.Min(from / step * step, end - step), end);
    }
}
