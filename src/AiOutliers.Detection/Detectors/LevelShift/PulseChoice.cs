namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// From windows that overlap to events: the clearest window first, then what is neither a part of it nor the way back from it.
/// </summary>
internal static class PulseChoice
{
    /// <param name="candidates">Windows of any width, in any order.</param>
    /// <returns>Events in order of time.</returns>
    public static List<Pulse> Events(List<Pulse> candidates, DayGrid grid)
    {
        candidates.Sort(static (a, b) =>
            b.Score != a.Score ? b.Score.CompareTo(a.Score) : (a.Length, a.Start).CompareTo((b.Length, b.Start)));
        var accepted = new List<Pulse>();
        foreach (var candidate in candidates)
        {
            if (IsNew(candidate, accepted, grid.Side))
                accepted.Add(candidate);
        }
        accepted.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return Joined(accepted, Math.Max(2, grid.BlocksPerDay / 12));
    }

    private static bool IsNew(Pulse candidate, List<Pulse> accepted, int side)
    {
        foreach (var other in accepted)
        {
            var gap = candidate.Gap(other);
            if (gap <= 0 || !candidate.SameDirection(other) && gap <= side)
                return false;
        }
        return true;
    }

    /// <summary>Windows of one direction that lie close together are one event; its size is their mean, weighted by length.</summary>
    private static List<Pulse> Joined(List<Pulse> accepted, int closeness)
    {
        var events = new List<Pulse>();
        var (area, length) = (0.0, 0);
        foreach (var pulse in accepted)
        {
            if (events.Count > 0 && events[^1].SameDirection(pulse) && pulse.Gap(events[^1]) <= closeness)
            {
                (area, length) = (area + pulse.Change * pulse.Length, length + pulse.Length);
                events[^1] = new(events[^1].Start, pulse.End, area / length, Math.Max(events[^1].Score, pulse.Score));
                continue;
            }
            (area, length) = (pulse.Change * pulse.Length, pulse.Length);
            events.Add(pulse);
        }
        return events;
    }
}
