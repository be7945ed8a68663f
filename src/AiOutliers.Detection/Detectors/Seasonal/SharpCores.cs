using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// The odd points within the runs of the sharp alarm. A run reaches from its first to its last point of energy above 9, and its windows
/// find one huge event also from far away: what lies between, or beyond the event, may be ordinary. Kept is what raises the alarm by
/// itself.
/// </summary>
internal static class SharpCores
{
    /// <summary>Three robust deviations in the mean of the three views: what the alarm trims its runs to.</summary>
    private const double OddEnergy = 9;

    /// <summary>
    /// Below this many robust deviations the value is ordinary. Only the step to its neighbours is odd, as right after an event.
    /// </summary>
    private const double OddDeviation = 3;

    /// <summary>So many ordinary points may lie within one event.</summary>
    private const int MaxGap = 2;

    /// <param name="scan">The scan.</param>
    /// <param name="start">The first point of a run.</param>
    /// <param name="end">The first point after it.</param>
    /// <returns>The run's cores, each to one side of the usual; none when no part of it stands out by itself.</returns>
    public static IReadOnlyList<IncidentSegment> Of(SeasonalScanResult scan, int start, int end)
    {
        var cores = new List<IncidentSegment>();
        foreach (var (first, after) in Clusters(scan.SharpEnergy, start, end))
        {
            if (Passes(scan, first, after))
                cores.AddRange(Sides(scan, first, after));
        }
        return cores;
    }

    /// <summary>A run of which no part stands out by itself, as one core.</summary>
    public static IncidentSegment Whole(SeasonalScanResult scan, int start, int end) => Segment(scan, start, end);

    private static IEnumerable<(int Start, int End)> Clusters(double[] energy, int start, int end)
    {
        var (first, last) = (-1, -1);
        for (var i = start; i < end; i++)
        {
            if (energy[i] <= OddEnergy)
                continue;
            if (first >= 0 && i - last > MaxGap + 1)
            {
                yield return (first, last + 1);
                first = -1;
            }
            (first, last) = (first < 0 ? i : first, i);
        }
        if (first >= 0)
            yield return (first, last + 1);
    }

    /// <summary>The parts to one side that are odd by themselves; the whole cluster when none is.</summary>
    private static IReadOnlyList<IncidentSegment> Sides(SeasonalScanResult scan, int start, int end)
    {
        var sides = new List<IncidentSegment>();
        for (var first = start; first < end;)
        {
            var (after, most) = (first, 0.0);
            for (; after < end && Side(scan.Deviation[after]) == Side(scan.Deviation[first]); after++)
                most = Math.Max(most, Math.Abs(scan.Deviation[after]));
            if (most >= OddDeviation && Passes(scan, first, after))
                sides.Add(Segment(scan, first, after));
            first = after;
        }
        return sides.Count > 0 ? sides : [Segment(scan, start, end)];
    }

    /// <summary>The scan's statistic of the whole stretch or of its oddest point, against the alarm's own threshold.</summary>
    private static bool Passes(SeasonalScanResult scan, int start, int end)
    {
        var (sum, most) = (0.0, 0.0);
        foreach (var energy in scan.SharpEnergy.AsSpan()[start..end])
            (sum, most) = (sum + energy, Math.Max(most, energy));
        var count = end - start;
        return Math.Max(most - 1, (sum / count - 1) * Math.Pow(count, Scores.PointAlpha)) > scan.SharpThreshold * scan.SharpThreshold;
    }

    private static IncidentSegment Segment(SeasonalScanResult scan, int start, int end)
    {
        double sum = 0;
        foreach (var deviation in scan.Deviation.AsSpan()[start..end])
            sum += deviation;
        return new(start, end, Side(sum), AlarmClasses.Sharp);
    }

    private static int Side(double deviation) => deviation < 0 ? -1 : 1;
}
