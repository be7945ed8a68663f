using System.Buffers;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Monitoring.Entities;

/// <summary>One series of an entity at a window: what the screen asks of it.</summary>
/// <param name="state">The state.</param>
/// <param name="shard">Holds the series.</param>
/// <param name="slot">The entity's.</param>
/// <param name="metric">The metric's place.</param>
/// <param name="from">The window's first bucket.</param>
/// <param name="end">The bucket after its last one.</param>
internal readonly struct EntitySeries(MonitorEntities state, EntityShard shard, int slot, int metric, uint from, uint end)
{
    /// <summary>Ten times as often as an alarm for a gap: what passes is looked at, not told.</summary>
    private const double Chance = 0.1;

    private SeriesScreen? Screen => SeriesScreen.For(state.Layout, end - (long)Math.Max(shard.Times[slot].First, state.Start));

    /// <summary>Whether its daily turn is in the window, or the screen looks back to another day than before.</summary>
    public bool IsItsTime(uint spread)
    {
        var day = (uint)state.Layout.BucketsPerDay;
        var turn = (spread + (uint)metric) % day;
        var next = from + (turn + day - from % day) % day;
        return next < end || Screen?.Lag != SeriesScreen.For(
            state.Layout, (long)from - Math.Max(shard.Times[slot].First, state.Start))?.Lag;
    }

    /// <summary>
    /// How near to an alarm few and many buckets may be: at most 1 where all is ordinary; infinite where the screen cannot tell.
    /// </summary>
    public (float Few, float Many) Oddness()
    {
        if (Screen is not { } screen || EndsGap())
            return (float.PositiveInfinity, 0);
        var count = (int)(end - from);
        var length = 1 + screen.Reach + count;
        var values = ArrayPool<float>.Shared.Rent(2 * length + 1);
        var current = values.AsSpan(0, length);
        var before = values.AsSpan(length, length + 1);
        Read(end - (uint)length, current);
        Read(end - (uint)(length + screen.Lag), before);
        var largest = screen.Largest(current, before, count, shard.Summary(slot, metric).Levels);
        ArrayPool<float>.Shared.Return(values);
        return largest;
    }

    /// <summary>The levels of the screen, from all values but those of incidents.</summary>
    public ScreenLevels Levels(IReadOnlyList<Incident> incidents)
    {
        var first = Math.Max(shard.Times[slot].First, state.Start);
        if (Screen is not { } screen)
            return default;
        var values = new float[end - first];
        Read(first, values);
        foreach (var incident in incidents)
        {
            var start = Math.Max(first, state.Layout.BucketOf(incident.Start));
            for (var bucket = start; bucket < Math.Min(end, state.Layout.BucketOf(incident.End)); bucket++)
                values[bucket - first] = float.NaN;
        }
        return screen.Levels(values);
    }

    /// <summary>
    /// Eighth roots: nearly logarithms, and 0 stays 0. Noise is then alike by day and by night. Negative values stay as they are.
    /// </summary>
    private void Read(uint first, Span<float> values)
    {
        var isSigned = shard.Summary(slot, metric).Scale.IsSigned;
        var read = ArrayPool<double>.Shared.Rent(values.Length);
        shard.Read(slot, metric, first, read.AsSpan(0, values.Length));
        for (var i = 0; i < values.Length; i++)
            values[i] = isSigned ? (float)read[i] : MathF.Sqrt(MathF.Sqrt((float)Math.Sqrt(read[i])));
        ArrayPool<double>.Shared.Return(read);
    }

    /// <summary>Whether a gap ends in the window that may be more than chance: detectors tell of it then.</summary>
    private bool EndsGap()
    {
        var ring = shard.Ring(slot, metric);
        var place = (int)(from % (uint)ring.Length);
        if (end - from == 1 && ring[(place + ring.Length - 1) % ring.Length] != CompactScale.Missing)
            return false;
        var known = Math.Min(ring.Length, end - Math.Max(shard.Times[slot].First, state.Start));
        var missing = ring.Count(CompactScale.Missing) - (ring.Length - known);
        var gap = 0;
        for (var i = 1; i < ring.Length && ring[(place + ring.Length - i) % ring.Length] == CompactScale.Missing; i++)
            gap++;
        var elsewhere = Math.Max(0, missing - gap);
        return end - from > 1 && missing > 0 || known * Math.Pow((elsewhere + 0.5) / known, gap) < Chance;
    }
}
