using System.Runtime.InteropServices;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>The scan's alarms as segments: runs of known points, whatever is missing between them.</summary>
internal static class ScanSegments
{
    /// <summary>The mean of several ordinary points stays below one robust deviation.</summary>
    private const double OrdinaryDeviation = 1;

    public static IReadOnlyList<IncidentSegment> Of(SeasonalScanResult scan)
    {
        var sharp = Sharp(scan);
        var outages = Runs(scan.Alarms, AlarmClasses.Outage)
            .Select(static run => new IncidentSegment(run.Start, run.End, -1, AlarmClasses.Outage))
            .ToList();
        var explained = new bool[scan.Alarms.Length];
        foreach (var segment in sharp.Concat(outages))
            explained.AsSpan()[segment.Start..segment.End].Fill(true);
        var sustained = Runs(scan.Alarms, AlarmClasses.Sustained)
            .Where(run => LastsByItself(scan, explained, run.Start, run.End))
            .Select(run =>
                new IncidentSegment(run.Start, run.End, Side(scan.Deviation.AsSpan()[run.Start..run.End]), AlarmClasses.Sustained));
        return [.. sharp.Concat(outages).Concat(sustained).Select(scan.OnPoints)];
    }

    /// <summary>
    /// A run of which no part stands out alone is reported as a whole, where its points add up. Beside an event it is not: the windows
    /// that find the event reach so far, and an ordinary jump before or after it would be flagged.
    /// </summary>
    private static List<IncidentSegment> Sharp(SeasonalScanResult scan)
    {
        var runs = Runs(scan.Alarms, AlarmClasses.Sharp)
            .Select(run => (run.Start, run.End, Cores: SharpCores.Of(scan, run.Start, run.End)))
            .ToList();
        var cores = runs.SelectMany(static run => run.Cores).ToList();
        var reach = Scores.LongestSharp(scan.Alarms.Length);
        var whole = runs.Where(run =>
            run.Cores.Count == 0 && !cores.Exists(core => core.Start < run.End + reach && core.End > run.Start - reach));
        return [.. cores.Concat(whole.Select(run => SharpCores.Whole(scan, run.Start, run.End))).OrderBy(static segment => segment.Start)];
    }

    /// <summary>
    /// Whether a shift is nothing but a flood or an outage: half an hour of either moves the medians of two hours. Without their points,
    /// the others are ordinary.
    /// </summary>
    public static bool Explain(IncidentSegment shift, IReadOnlyList<IncidentSegment> scanned, SeasonalScanResult scan)
    {
        var covering = scanned
            .Where(segment => segment.Alarm != AlarmClasses.Sustained && segment.Start < shift.End && segment.End > shift.Start)
            .ToList();
        var (sum, count) = (0.0, 0);
        for (var i = scan.PlaceOf(shift.Start); i < scan.PlaceOf(shift.End); i++)
        {
            if (covering.Exists(segment => segment.Start <= scan.Known[i] && scan.Known[i] < segment.End))
                continue;
            (sum, count) = (sum + scan.Deviation[i], count + 1);
        }
        return covering.Count > 0 && (count == 0 || shift.Sign * sum / count < OrdinaryDeviation);
    }

    private static IEnumerable<(int Start, int End)> Runs(AlarmClasses[] alarms, AlarmClasses alarm)
    {
        for (var start = NextAlarm(alarms, 0); start < alarms.Length; start = NextAlarm(alarms, start + 1))
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

    private static int NextAlarm(AlarmClasses[] alarms, int start)
    {
        if (start >= alarms.Length)
            return alarms.Length;
        var ahead = MemoryMarshal.Cast<AlarmClasses, int>(alarms.AsSpan(start)).IndexOfAnyExcept((int)AlarmClasses.None);
        return ahead < 0 ? alarms.Length : start + ahead;
    }

    /// <summary>
    /// The windows of the sustained alarm also find a short, large event, and half a window of ordinary points on each side of it. What
    /// remains when the points of the other alarms are taken out must pass the same threshold: the energy (mean z² − 1)·√count, and
    /// its root.
    /// </summary>
    private static bool LastsByItself(SeasonalScanResult scan, bool[] explained, int start, int end)
    {
        double energy = 0;
        var count = 0;
        for (var i = start; i < end; i++)
        {
            if (explained[i])
                continue;
            energy += scan.Deviation[i] * scan.Deviation[i];
            count++;
        }
        return count == end - start
            || count > 0 && Math.Sqrt(Math.Max(0, (energy / count - 1) * Math.Sqrt(count))) > scan.SustainedThreshold;
    }

    private static int Side(ReadOnlySpan<double> deviations)
    {
        double sum = 0;
        foreach (var deviation in deviations)
            sum += deviation;
        return sum < 0 ? -1 : 1;
    }
}
