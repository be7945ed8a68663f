using System.Numerics.Tensors;

namespace AiOutliers.Detection.Evaluation;

/// <summary>
/// The rows beside the events, for a reach h that grows from 0 by one row at a time: how many there are per distance to their event and per
/// rank (the first threshold that predicts a row), and the best rank within each event's reach.
/// </summary>
/// <param name="events">The labelled events, in order; at least one.</param>
/// <param name="ranks">One per row.</param>
/// <param name="thresholds">The number of thresholds.</param>
/// <param name="reach">The largest h.</param>
internal ref struct SoftMargins(RowRange[] events, ReadOnlySpan<byte> ranks, int thresholds, int reach)
{
    private const int Unreached = 0, InAnEvent = -1, Between = -2;

    private readonly ReadOnlySpan<byte> _ranks = ranks;

    /// <summary>Per row the distance to the only event in reach, or one of the constants.</summary>
    private readonly int[] _distances = MarkEvents(events, ranks.Length);

    /// <summary>[distance − 1, rank]: rows within reach of one event.</summary>
    private readonly double[] _counts = new double[reach * thresholds];

    /// <summary>Per rank the rows within reach of two events or more: their label is 1.</summary>
    private readonly double[] _between = new double[thresholds];

    private readonly byte[] _best = BestInside(events, ranks);

    private int _reach;

    /// <summary>One row further: h + 1.</summary>
    public void Widen()
    {
        _reach++;
        for (var e = 0; e < events.Length; e++)
        {
            Reach(e, events[e].Start - _reach);
            Reach(e, events[e].End + _reach);
        }
    }

    private readonly void Reach(int e, int row)
    {
        if ((uint)row >= (uint)_ranks.Length)
            return;
        var rank = _ranks[row];
        _best[e] = Math.Min(_best[e], rank);
        var before = _distances[row];
        if (before == Unreached)
        {
            _distances[row] = _reach;
            _counts[(_reach - 1) * thresholds + rank]++;
        }
        else if (before > 0)
        {
            _distances[row] = Between;
            _counts[(before - 1) * thresholds + rank]--;
            _between[rank]++;
        }
    }

    /// <summary>Per rank the sum of the labels of the rows outside of events, at buffer w with ⌊w/2⌋ = h.</summary>
    public readonly void SumLabels(int w, Span<double> sums)
    {
        _between.CopyTo(sums);
        for (var distance = 1; distance <= _reach; distance++)
        {
            TensorPrimitives.MultiplyAdd(
                _counts.AsSpan((distance - 1) * thresholds, thresholds), Math.Sqrt(1 - (double)distance / w), sums, sums);
        }
    }

    /// <summary>Per threshold the share of the events with a predicted row in reach; events whose reaches share a row are one.</summary>
    public readonly void ShareOfEvents(Span<double> shares)
    {
        shares.Clear();
        var joined = 0;
        for (var e = 0; e < events.Length;)
        {
            var best = _best[e];
            for (e++; e < events.Length && events[e - 1].End + _reach >= events[e].Start - _reach; e++)
                best = Math.Min(best, _best[e]);
            shares[best]++;
            joined++;
        }
        var found = 0.0;
        for (var j = 0; j < shares.Length; j++)
        {
            found += shares[j];
            shares[j] = found / joined;
        }
    }

    private static int[] MarkEvents(RowRange[] events, int rows)
    {
        var distances = new int[rows];
        foreach (var labelled in events)
            distances.AsSpan(labelled.Start, labelled.Length).Fill(InAnEvent);
        return distances;
    }

    private static byte[] BestInside(RowRange[] events, ReadOnlySpan<byte> ranks)
    {
        var best = new byte[events.Length];
        for (var e = 0; e < events.Length; e++)
            best[e] = TensorPrimitives.Min(ranks.Slice(events[e].Start, events[e].Length));
        return best;
    }
}
