using System.Buffers;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Detectors.Seasonal.Newest;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Monitoring.Entities;

/// <summary>One series of an entity at a window: whether it has to be judged.</summary>
/// <param name="state">The state.</param>
/// <param name="shard">Holds the series.</param>
/// <param name="slot">The entity's.</param>
/// <param name="metric">The metric's place.</param>
/// <param name="from">The window's first bucket.</param>
/// <param name="end">The bucket after its last one.</param>
internal readonly struct EntitySeries(MonitorEntities state, EntityShard shard, int slot, int metric, uint from, uint end)
{
    /// <summary>Ten times as often as an alarm for a gap: what passes is looked at, not reported.</summary>
    private const double Chance = 0.1;

    /// <summary>To look at more of them would take as long as a judgement.</summary>
    private const uint MostBuckets = 12;

    private const int HalfHours = 48;

    private readonly uint _first = Math.Max(shard.Times[slot].First, state.Start);

    /// <summary>In buckets.</summary>
    private uint HalfHour => (uint)state.Layout.BucketsPerDay / HalfHours;

    /// <summary>Whether its daily turn is in the window.</summary>
    public bool IsItsTime(uint spread) => IsTurn(spread, (uint)state.Layout.BucketsPerDay);

    /// <summary>Whether every bucket of the window is far from an alarm.</summary>
    public bool IsOrdinary(NewestPoint newest, uint spread)
    {
        if (end - from > MostBuckets || EndsGap())
            return false;
        ref var summary = ref shard.Summary(slot, metric);
        var isOrdinary = true;
        var values = Read(out var count);
        for (var bucket = from + 1; bucket <= end && isOrdinary; bucket++)
        {
            var known = values.AsSpan(0, count - (int)(end - bucket));
            var distance = Distance(newest, known, bucket, summary);
            if (distance.DependsOnWeekends && IsTurn(spread, HalfHour))
            {
                Learn(newest);
                distance = Distance(newest, known, bucket, summary);
            }
            isOrdinary = !distance.IsNear;
            // The next buckets of its half hour may lift it over its threshold.
            if (distance.NearsLevel)
                summary.CloselyUntil = end + HalfHour;
        }
        ArrayPool<double>.Shared.Return(values);
        return isOrdinary;
    }

    /// <summary>Keeps what is needed to look at the next buckets.</summary>
    public void Learn(NewestPoint newest)
    {
        var values = Read(out var count);
        ref var summary = ref shard.Summary(slot, metric);
        summary.Known = newest.Learn(values.AsSpan(0, count), state.Layout.BucketsPerDay, state.Layout.TimeOf(end));
        ArrayPool<double>.Shared.Return(values);
    }

    /// <summary>The outage that goes on, where hardly anything is left; else null.</summary>
    public Incident? Faint(SeasonalScanOptions options)
    {
        var week = 7 * (uint)state.Layout.BucketsPerDay;
        Span<double> newest = stackalloc double[2], before = stackalloc double[2];
        if (end < _first + week + 2)
            return null;
        shard.Read(slot, metric, end - 2, newest);
        shard.Read(slot, metric, end - week - 2, before);
        if (!FaintSeries.MayBe(newest, before))
            return null;
        var values = Read(out var count);
        var incident = FaintSeries.Of(values.AsSpan(0, count), state.Layout, end, options);
        ArrayPool<double>.Shared.Return(values);
        return incident;
    }

    private AlarmDistance Distance(NewestPoint newest, ReadOnlySpan<double> values, uint bucket, in SeriesSummary summary) =>
        newest.Distance(
            values, state.Layout.BucketsPerDay, state.Layout.TimeOf(bucket), summary.Known, closely: bucket <= summary.CloselyUntil);

    private bool IsTurn(uint spread, uint every)
    {
        var turn = (spread + (uint)metric) % every;
        return from + (turn + every - from % every) % every < end;
    }

    private double[] Read(out int count)
    {
        count = end > _first ? (int)(end - _first) : 0;
        var values = ArrayPool<double>.Shared.Rent(count);
        shard.Read(slot, metric, _first, values.AsSpan(0, count));
        return values;
    }

    /// <summary>Whether a gap ends in the window that may be more than chance: detectors tell of it then.</summary>
    private bool EndsGap()
    {
        var ring = shard.Ring(slot, metric);
        var place = (int)(from % (uint)ring.Length);
        if (end - from == 1 && ring[(place + ring.Length - 1) % ring.Length] != CompactScale.Missing)
            return false;
        var known = Math.Min(ring.Length, end - _first);
        var missing = ring.Count(CompactScale.Missing) - (ring.Length - known);
        var gap = 0;
        for (var i = 1; i < ring.Length && ring[(place + ring.Length - i) % ring.Length] == CompactScale.Missing; i++)
            gap++;
        var elsewhere = Math.Max(0, missing - gap);
        return end - from > 1 && missing > 0 || known * Math.Pow((elsewhere + 0.5) / known, gap) < Chance;
    }
}
