using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// What comes back at the same time on most days is ordinary: a backup at six, a report at midnight. Where a view's median over the days,
/// at one time of day, is odd, it is taken out of that view on all days. A day without it then stands out, if such days are rare: a job of
/// the working days is not missed on weekends.
/// </summary>
internal static class DailyJobs
{
    /// <summary>With fewer days, most of them may be chance.</summary>
    private const int LeastDays = 4;

    /// <summary>A median of four robust deviations: no ordinary time of day comes near.</summary>
    private const double OddDeviation = 4;

    /// <summary>So many days, or one in ten, may lack it before its absence counts.</summary>
    private const int FewDays = 1;

    private const int DaysPerAbsence = 10;

    /// <param name="channels">The three views are changed.</param>
    /// <param name="known">The points of their values.</param>
    /// <param name="pointsPerDay">At least 1.</param>
    public static void LeaveOut(Channels channels, int[] known, int pointsPerDay)
    {
        if (pointsPerDay < 2 || known[^1] - known[0] < LeastDays * pointsPerDay)
            return;
        LeaveOut(channels.Seasonal, known, pointsPerDay);
        LeaveOut(channels.Local, known, pointsPerDay);
        LeaveOut(channels.Autoregressive, known, pointsPerDay);
    }

    private static void LeaveOut(Span<double> view, int[] known, int pointsPerDay)
    {
        using var room = new PooledBuffer(2 * pointsPerDay);
        var odd = room.Span[..pointsPerDay];
        var all = room.Span[pointsPerDay..];
        room.Span.Clear();
        // Days are counted along: a division for each value would cost as much as the rest.
        var day = 0;
        for (var i = 0; i < view.Length; i++)
        {
            while (known[i] - day >= pointsPerDay)
                day += pointsPerDay;
            all[known[i] - day]++;
            if (Math.Abs(view[i]) > OddDeviation)
                odd[known[i] - day]++;
        }
        for (var phase = 0; phase < pointsPerDay; phase++)
        {
            if (all[phase] >= LeastDays && 2 * odd[phase] > all[phase])
                LeaveOut(view, known, pointsPerDay, phase, (int)all[phase]);
        }
    }

    private static void LeaveOut(Span<double> view, int[] known, int pointsPerDay, int phase, int days)
    {
        using var room = new PooledBuffer(days);
        var count = 0;
        for (var i = 0; i < view.Length; i++)
        {
            if (known[i] % pointsPerDay == phase)
                room.Span[count++] = view[i];
        }
        var usual = OrderStatistics.Median(room.Span);
        if (Math.Abs(usual) <= OddDeviation)
            return;
        var absent = 0;
        foreach (var value in room.Span)
            absent += IsAbsent(value, usual) ? 1 : 0;
        var isNews = absent <= Math.Max(FewDays, days / DaysPerAbsence);
        for (var i = 0; i < view.Length; i++)
        {
            if (known[i] % pointsPerDay == phase && (isNews || !IsAbsent(view[i], usual)))
                view[i] -= usual;
        }
    }

    /// <summary>Nearer to nothing than to the usual.</summary>
    private static bool IsAbsent(double value, double usual) => value / usual < 0.5;
}
