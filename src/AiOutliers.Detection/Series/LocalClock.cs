namespace AiOutliers.Detection.Series;

/// <summary>
/// From instants to a clock on which every day has 24 hours, and back. Where the clock goes forward it jumps; the hour that it skips has no
/// instant. Where it goes back, the hour that comes twice is drawn together: its two hours take one, at half speed. Both maps ascend, so
/// rows keep their order.
/// </summary>
internal sealed class LocalClock
{
    private const long MillisecondsPerDay = 86_400_000;

    /// <summary>From each on the clock has an offset of its own, or another speed.</summary>
    private readonly List<Stretch> _stretches;

    private LocalClock(List<Stretch> stretches) => _stretches = stretches;

    /// <param name="zone">The clock's.</param>
    /// <param name="first">The first instant of interest, in milliseconds since 1970.</param>
    /// <param name="last">The last one.</param>
    public static LocalClock Of(TimeZoneInfo zone, long first, long last)
    {
        var (from, before) = (first - MillisecondsPerDay, Offset(zone, first - MillisecondsPerDay));
        var stretches = new List<Stretch> { new(from, from + before, 1) };
        for (var day = from; day <= last; day += MillisecondsPerDay)
        {
            var after = Offset(zone, day + MillisecondsPerDay);
            if (after != before)
                AddChange(stretches, Change(zone, day, before), before, after);
            before = after;
        }
        return new(stretches);
    }

    /// <summary>The times on the clock, in milliseconds, as if the clock showed UTC.</summary>
    /// <param name="instants">Ascending, between the first and the last.</param>
    public long[] ToLocal(ReadOnlySpan<long> instants)
    {
        var local = new long[instants.Length];
        for (var (i, at) = (0, 0); i < instants.Length; i++)
        {
            while (at + 1 < _stretches.Count && _stretches[at + 1].Instant <= instants[i])
                at++;
            local[i] = _stretches[at].Local + (instants[i] - _stretches[at].Instant) / _stretches[at].Slowness;
        }
        return local;
    }

    /// <summary>The instant of a time on the clock; of a skipped one, the instant at which the clock jumps.</summary>
    public long ToInstant(long local)
    {
        var at = At(local);
        return at + 1 < _stretches.Count
            ? Math.Min(_stretches[at].InstantOf(local), _stretches[at + 1].Instant)
            : _stretches[at].InstantOf(local);
    }

    /// <summary>Whether the clock never shows this time.</summary>
    public bool Skips(long local) =>
        At(local) is var at && at + 1 < _stretches.Count && _stretches[at].InstantOf(local) >= _stretches[at + 1].Instant;

    private int At(long local)
    {
        var at = _stretches.Count - 1;
        while (at > 0 && _stretches[at].Local > local)
            at--;
        return at;
    }

    /// <summary>The first instant of the new offset, in the day that begins at <paramref name="low"/>.</summary>
    private static long Change(TimeZoneInfo zone, long low, long before)
    {
        var high = low + MillisecondsPerDay;
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) = Offset(zone, middle) == before ? (middle, high) : (low, middle);
        }
        return high;
    }

    private static void AddChange(List<Stretch> stretches, long change, long before, long after)
    {
        if (after > before)
        {
            stretches.Add(new(change, change + after, 1));
            return;
        }
        var back = before - after;
        stretches.Add(new(change - back, change - back + before, 2));
        stretches.Add(new(change + back, change + back + after, 1));
    }

    private static long Offset(TimeZoneInfo zone, long instant) =>
        (long)zone.GetUtcOffset(CanonicalTimestamp.Instant(instant)).TotalMilliseconds;

    /// <param name="Instant">Where it begins.</param>
    /// <param name="Local">The same on the clock.</param>
    /// <param name="Slowness">Milliseconds that pass while the clock goes on by one.</param>
    private readonly record struct Stretch(long Instant, long Local, int Slowness)
    {
        public long InstantOf(long local) => Instant + (local - Local) * Slowness;
    }
}
