using AiOutliers.Detection.Incidents;
using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>Section 6 of docs/detectors/seasonal-scan-algorithm.md, line by line: from marks to segments.</summary>
internal static class LiteralSegments
{
    /// <summary>The segments of the scan's three alarms, in points.</summary>
    public static List<IncidentSegment> Of(LiteralScan scan)
    {
        var sharp = Sharp(scan);
        var outages = RunsOf(scan, AlarmClasses.Outage)
            .Select(static run => new IncidentSegment(run.Start, run.End, -1, AlarmClasses.Outage));
        var events = sharp.Concat(outages).ToList();
        var lasting = RunsOf(scan, AlarmClasses.Sustained)
            .Where(run => LastsByItself(scan, run, events))
            .Select(run => Segment(scan, run.Start, run.End, AlarmClasses.Sustained));
        return [.. events.Concat(lasting).Select(at => at with { Start = scan.Places[at.Start], End = scan.Places[at.End - 1] + 1 })];
    }

    private static List<(int Start, int End)> RunsOf(LiteralScan scan, AlarmClasses alarm) =>
        Runs(scan.Alarms.Marks.Select(marks => marks.HasFlag(alarm)));

    private static IncidentSegment Segment(LiteralScan scan, int start, int end, AlarmClasses alarm) =>
        new(start, end, scan.Seasonal[start..end].Sum() < 0 ? -1 : 1, alarm);

    /// <summary>cores, and the runs that have none and no core near.</summary>
    private static List<IncidentSegment> Sharp(LiteralScan scan)
    {
        var runs = RunsOf(scan, AlarmClasses.Sharp).Select(run => (Run: run, Cores: Cores(scan, run))).ToArray();
        var cores = runs.SelectMany(static run => run.Cores).ToArray();
        var reach = LiteralScores.LongestSharp(scan.Places.Length);
        bool IsNear((int Start, int End) run) => cores.Any(core => core.Start - run.End < reach && run.Start - core.End < reach);
        var whole = runs.Where(run => run.Cores.Length == 0 && !IsNear(run.Run));
        return [.. cores, .. whole.Select(run => Segment(scan, run.Run.Start, run.Run.End, AlarmClasses.Sharp))];
    }

    private static IncidentSegment[] Cores(LiteralScan scan, (int Start, int End) run)
    {
        var clusters = new List<(int Start, int End)>();
        foreach (var i in Enumerable.Range(run.Start, run.End - run.Start).Where(i => scan.Energy[i] > 9))
        {
            if (clusters.Count > 0 && i - clusters[^1].End <= 2)
                clusters[^1] = (clusters[^1].Start, i + 1);
            else
                clusters.Add((i, i + 1));
        }
        return [.. clusters.Where(cluster => Passes(scan, cluster)).SelectMany(cluster => Sides(scan, cluster))];
    }

    private static IEnumerable<IncidentSegment> Sides(LiteralScan scan, (int Start, int End) cluster)
    {
        var sides = new List<(int Start, int End)>();
        for (var i = cluster.Start; i < cluster.End; i++)
        {
            if (i > cluster.Start && scan.Seasonal[i] < 0 == scan.Seasonal[i - 1] < 0)
                sides[^1] = (sides[^1].Start, i + 1);
            else
                sides.Add((i, i + 1));
        }
        bool IsOdd((int Start, int End) side) => scan.Seasonal[side.Start..side.End].Max(Math.Abs) >= 3 && Passes(scan, side);
        return sides.Where(IsOdd).DefaultIfEmpty(cluster).Select(side => Segment(scan, side.Start, side.End, AlarmClasses.Sharp));
    }

    /// <summary>passes: the statistic of a stretch, or of its oddest value, against T.</summary>
    private static bool Passes(LiteralScan scan, (int Start, int End) at)
    {
        var energy = scan.Energy[at.Start..at.End];
        var statistic = Math.Max(energy.Max() - 1, (energy.Average() - 1) * Math.Pow(energy.Length, 0.4));
        return statistic > scan.Alarms.Sharp * scan.Alarms.Sharp;
    }

    private static bool LastsByItself(LiteralScan scan, (int Start, int End) run, List<IncidentSegment> events)
    {
        var left = Enumerable.Range(run.Start, run.End - run.Start).Where(i => !events.Exists(at => at.Start <= i && i < at.End)).ToArray();
        if (left.Length == run.End - run.Start)
            return true;
        var energy = left.Select(i => scan.Seasonal[i] * scan.Seasonal[i]).DefaultIfEmpty().Average();
        return LiteralScores.OfWindow(energy, left.Length, 0.5) > scan.Alarms.Sustained;
    }
}
