using System.Globalization;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// The rows whose buckets are whole. The values of the others are held back, so that they neither raise an alarm nor move the usual.
/// </summary>
/// <param name="First">The first whole row.</param>
/// <param name="End">The first row after the last whole one.</param>
internal readonly record struct CompleteRows(int First, int End)
{
    public static CompleteRows Of(MetricTable table)
    {
        var times = table.Times;
        var (step, coverage) = (table.StepMilliseconds, table.Coverage);
        var (first, end) = (0, times.Length);
        while (first < end && times[first] < coverage.From)
            first++;
        while (end > first && times[end - 1] + step > coverage.Until)
            end--;
        return new(first, end);
    }

    public IEnumerable<string> Warnings(MetricTable table)
    {
        if (First > 0)
            yield return $"The first bucket ({table.Timestamps[0]}) begins before the query's interval: it is held back.";
        if (End < table.Rows)
        {
            var until = DateTimeOffset.FromUnixTimeMilliseconds(table.Coverage.Until!.Value)
                .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            yield return table.Rows - End == 1
                ? $"The last bucket ({table.Timestamps[End]}) is not complete at {until}: it is held back."
                : $"The last {Counted.Of(table.Rows - End, "bucket")} (from {table.Timestamps[End]}) are not complete at {until}: "
                    + "they are held back.";
        }
    }
}
