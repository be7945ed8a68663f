namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>The scan's alarms as segments.</summary>
internal static class ScanSegments
{
    /// <param name="scan">The scan.</param>
    /// <param name="points">The series, NaN where missing.</param>
    public static IEnumerable<IncidentSegment> Of(SeasonalScanResult scan, double[] points)
    {
        // A spike and the dip after it are two things.
        foreach (var sharp in SideRuns.Of(Array.ConvertAll(scan.Alarms, static alarms => alarms.HasFlag(AlarmClasses.Sharp)), points, scan.Expected, AlarmClasses.Sharp))
            yield return sharp;
        foreach (var (start, end) in Runs(scan.Alarms, AlarmClasses.Outage))
            yield return new(start, end, -1, AlarmClasses.Outage);
        foreach (var (start, end) in Runs(scan.Alarms, AlarmClasses.Sustained))
        {
            if (LastsByItself(scan, start, end))
                yield return new(start, end, Side(scan.Deviation.AsSpan()[start..end]), AlarmClasses.Sustained);
        }
    }

    private static IEnumerable<(int Start, int End)> Runs(AlarmClasses[] alarms, AlarmClasses alarm)
    {
        for (var start = 0; start < alarms.Length; start++)
        {
            if (!alarms[start].HasFlag(alarm))
                continue;
            var end = start + 1;
            while (end < alarms.Length && alarms[end].HasFlag(alarm))
                end++;
            yield return (start, end);
            start = end;
        }
    }

    /// <summary>
    /// The windows of the sustained alarm also find a short, large event, and half a window of ordinary points on each side of it. What remains when
    /// the points of the other alarms are taken out must pass the same threshold: the energy (mean z² − 1)·√count, and its root.
    /// </summary>
    private static bool LastsByItself(SeasonalScanResult scan, int start, int end)
    {
        double energy = 0;
        var count = 0;
        for (var i = start; i < end; i++)
        {
            if ((scan.Alarms[i] & ~AlarmClasses.Sustained) != AlarmClasses.None)
                continue;
            energy += scan.Deviation[i] * scan.Deviation[i];
            count++;
        }
        return count == end - start || count > 0 && Math.Sqrt(Math.Max(0, (energy / count - 1) * Math.Sqrt(count))) > scan.SustainedThreshold;
    }

    private static int Side(ReadOnlySpan<double> deviations)
    {
        double sum = 0;
        foreach (var deviation in deviations)
            sum += deviation;
        return sum < 0 ? -1 : 1;
    }
}
