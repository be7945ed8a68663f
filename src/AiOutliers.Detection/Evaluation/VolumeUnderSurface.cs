namespace AiOutliers.Detection.Evaluation;

/// <summary>
/// VUS-PR and VUS-ROC: the area under the precision-recall and the ROC curve, averaged over buffers w = 0..W that soften the labels' edges
/// (Paparrizos et al., Volume Under the Surface, PVLDB 2022; the variant of Liu and Paparrizos, TSB-AD, NeurIPS 2024: 250 thresholds, and
/// recall multiplied by the share of events found).
/// <para>
/// For one w, with h = ⌊w/2⌋: a row in an event has the label ℓ = 1, a row at distance d ≤ h of one event √(1 − d/w), within h
/// of several 1 (their sum is at least 2·√½ and is clipped at 1). At threshold j, with N rows predicted: Λ = Σ ℓ over predicted
/// rows outside of events, TP = predicted rows in events + Λ, P' = rows in events + Λ/2; recall = min(TP/P', 1) · share of the events,
/// widened by h and joined where they meet, that hold a predicted row; precision = TP/N; false-positive rate = (N − TP)/(n − P').
/// </para>
/// <para>
/// Each row is worth one number, the first threshold that predicts it. Rows outside of events are counted by distance and that number, so
/// that Λ of all thresholds is W/2 scaled additions and a running sum: O(n log n + 250·W² + events·W) in all.
/// </para>
/// </summary>
public static class VolumeUnderSurface
{
    /// <summary>As many as the published tables use.</summary>
    private const int Thresholds = 250;

    /// <param name="labels">One per row.</param>
    /// <param name="scores">One per row, finite; higher is more anomalous.</param>
    /// <param name="window">W, the largest buffer: <see cref="SlidingWindow"/> chooses it.</param>
    public static SurfaceVolume Compute(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, int window)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, labels.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        var positives = labels.Count(true);
        if (positives == 0 || positives == labels.Length)
            return new(double.NaN, double.NaN);
        var ranks = new byte[labels.Length];
        FillRanks(scores, ranks);
        Span<double> predicted = stackalloc double[Thresholds], inEvents = stackalloc double[Thresholds];
        predicted.Clear();
        inEvents.Clear();
        for (var row = 0; row < ranks.Length; row++)
        {
            predicted[ranks[row]]++;
            inEvents[ranks[row]] += labels[row] ? 1 : 0;
        }
        Accumulate(predicted);
        Accumulate(inEvents);
        return Average(new SoftMargins(RowRange.Of(labels), ranks, Thresholds, window / 2), predicted, inEvents, labels.Length, window);
    }

    private static SurfaceVolume Average(
        SoftMargins margins, ReadOnlySpan<double> predicted, ReadOnlySpan<double> inEvents, int rows, int window)
    {
        Span<double> soft = stackalloc double[Thresholds], found = stackalloc double[Thresholds];
        var (pr, roc) = (0.0, 0.0);
        for (var w = 0; w <= window; w++)
        {
            if (w % 2 == 0)
            {
                if (w > 0)
                    margins.Widen();
                margins.ShareOfEvents(found);
            }
            margins.SumLabels(w, soft);
            Accumulate(soft);
            var (ap, auc) = Areas(predicted, inEvents, soft, found, rows);
            (pr, roc) = (pr + ap, roc + auc);
        }
        return new(pr / (window + 1), roc / (window + 1));
    }

    /// <summary>AP = Σ (recall_j − recall_{j−1})·precision_j from recall 0; AUC by trapezes from (0, 0) to (1, 1).</summary>
    private static (double Ap, double Auc) Areas(
        ReadOnlySpan<double> predicted, ReadOnlySpan<double> inEvents, ReadOnlySpan<double> soft, ReadOnlySpan<double> found, int rows)
    {
        var positives = inEvents[^1];
        var (ap, auc, recall, falseRate) = (0.0, 0.0, 0.0, 0.0);
        for (var j = 0; j < Thresholds; j++)
        {
            var hits = inEvents[j] + soft[j];
            var mass = positives + soft[j] / 2;
            var nextRecall = Math.Min(hits / mass, 1) * found[j];
            var nextFalseRate = (predicted[j] - hits) / (rows - mass);
            ap += (nextRecall - recall) * hits / predicted[j];
            auc += (nextFalseRate - falseRate) * (nextRecall + recall) / 2;
            (recall, falseRate) = (nextRecall, nextFalseRate);
        }
        return (ap, auc + (1 - falseRate) * (1 + recall) / 2);
    }

    /// <summary>
    /// Per row the first threshold that predicts it. Threshold j is the score at place ⌊j·(n − 1)/249⌋ from the highest.
    /// </summary>
    private static void FillRanks(ReadOnlySpan<double> scores, Span<byte> ranks)
    {
        var sorted = scores.ToArray();
        Array.Sort(sorted);
        Span<double> thresholds = stackalloc double[Thresholds];
        var step = (scores.Length - 1) / (Thresholds - 1.0);
        for (var j = 0; j < Thresholds; j++)
            thresholds[j] = sorted[^(1 + (j == Thresholds - 1 ? scores.Length - 1 : (int)(j * step)))];
        for (var row = 0; row < ranks.Length; row++)
            ranks[row] = (byte)FirstAtMost(thresholds, scores[row]);
    }

    /// <summary>The first of falling thresholds that is at most the score; the last always is.</summary>
    private static int FirstAtMost(ReadOnlySpan<double> thresholds, double score)
    {
        var (low, high) = (0, thresholds.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (thresholds[middle] <= score)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private static void Accumulate(Span<double> values)
    {
        for (var j = 1; j < values.Length; j++)
            values[j] += values[j - 1];
    }
}
