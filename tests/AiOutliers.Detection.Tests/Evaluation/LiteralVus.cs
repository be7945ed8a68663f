using AiOutliers.Detection.Evaluation;

namespace AiOutliers.Detection.Tests.Evaluation;

/// <summary>The definition of the volumes step by step, without any of the savings: for every buffer and threshold over all rows.</summary>
internal static class LiteralVus
{
    private const int Thresholds = 250;

    public static SurfaceVolume Compute(bool[] labels, double[] scores, int window)
    {
        if (labels.All(label => label) || labels.All(label => !label))
            return new(double.NaN, double.NaN);
        var events = RowRange.Of(labels);
        double[] falling = [.. scores.OrderDescending()];
        double[] thresholds = [.. Enumerable.Range(0, Thresholds).Select(j => falling[(int)Math.Floor(j * (labels.Length - 1) / (Thresholds - 1.0))])];
        var buffers = Enumerable.Range(0, window + 1).Select(w => Areas(labels, scores, events, thresholds, w)).ToArray();
        return new(buffers.Average(areas => areas.Ap), buffers.Average(areas => areas.Auc));
    }

    private static (double Ap, double Auc) Areas(bool[] labels, double[] scores, RowRange[] events, double[] thresholds, int w)
    {
        var soft = SoftLabels(labels, events, w);
        var widened = Widened(labels.Length, events, w / 2);
        var (ap, auc, recall, falseRate) = (0.0, 0.0, 0.0, 0.0);
        foreach (var threshold in thresholds)
        {
            int[] predicted = [.. Enumerable.Range(0, labels.Length).Where(row => scores[row] >= threshold)];
            var hits = predicted.Sum(row => soft[row]);
            double inEvents = labels.Count(label => label);
            var mass = (inEvents + inEvents + predicted.Where(row => !labels[row]).Sum(row => soft[row])) / 2;
            var found = (double)widened.Count(range => predicted.Any(row => row >= range.Start && row <= range.End)) / widened.Count;
            var (nextRecall, nextFalseRate) = (Math.Min(hits / mass, 1) * found, (predicted.Length - hits) / (labels.Length - mass));
            ap += (nextRecall - recall) * hits / predicted.Length;
            auc += (nextFalseRate - falseRate) * (nextRecall + recall) / 2;
            (recall, falseRate) = (nextRecall, nextFalseRate);
        }
        return (ap, auc + (1 - falseRate) * (1 + recall) / 2);
    }

    private static double[] SoftLabels(bool[] labels, RowRange[] events, int w) => [.. labels.Select((label, row) => label ? 1 : Math.Min(1, events.Sum(range =>
    {
        var distance = row < range.Start ? range.Start - row : row - range.End;
        return distance <= w / 2 ? Math.Sqrt(1 - (double)distance / w) : 0;
    })))];

    private static List<RowRange> Widened(int rows, RowRange[] events, int reach)
    {
        var widened = new List<RowRange>();
        foreach (var (start, end) in events.Select(range => (Math.Max(0, range.Start - reach), Math.Min(rows - 1, range.End + reach))))
        {
            if (widened.Count > 0 && start <= widened[^1].End)
                widened[^1] = widened[^1] with { End = end };
            else
                widened.Add(new(start, end));
        }
        return widened;
    }
}
