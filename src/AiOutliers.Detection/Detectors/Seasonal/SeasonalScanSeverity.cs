using System.Numerics.Tensors;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Numerics;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Severity 100·r/(1 + r), where r is the largest of the alarms' statistics over its threshold: 50 at the threshold, 75 at three times, 91
/// at ten times it. A row that is not flagged stays at 50 or below, one that is at 50 or above.
/// </summary>
internal static class SeasonalScanSeverity
{
    /// <param name="result">Has the verdicts; gets the severities.</param>
    /// <param name="scan">The scan's statistics and thresholds.</param>
    /// <param name="shifts">The shifts, with their own excess over their threshold.</param>
    /// <param name="grid">Where the rows lie.</param>
    public static void Fill(DetectionResult result, SeasonalScanResult scan, IReadOnlyList<IncidentSegment> shifts, TimeGrid grid)
    {
        using var room = new PooledBuffer(2 * scan.Known.Length);
        var excesses = room.Span[..scan.Known.Length];
        Excesses(scan, excesses, room.Span[scan.Known.Length..]);
        // Rows and known points ascend together: one step each, no search.
        var place = 0;
        for (var row = 0; row < result.Severities!.Length; row++)
        {
            var point = grid.PointOf(row);
            while (place < scan.Known.Length && scan.Known[place] < point)
                place++;
            result.Severities[row] = place < scan.Known.Length && scan.Known[place] == point ? excesses[place] : 0;
        }
        foreach (var shift in shifts)
        {
            var (first, last) = grid.RowsOf(shift.Start, shift.End);
            for (var row = first; row <= last; row++)
                result.Severities[row] = Math.Max(result.Severities[row], shift.Excess);
        }
        for (var row = 0; row < result.Severities.Length; row++)
        {
            var excess = result.Anomalies[row] ? Math.Max(1, result.Severities[row]) : Math.Min(1, result.Severities[row]);
            result.Severities[row] = 100 * excess / (1 + excess);
        }
    }

    private static void Excesses(SeasonalScanResult scan, Span<double> excesses, Span<double> room)
    {
        excesses.Clear();
        if (scan.SharpThreshold > 0)
            TensorPrimitives.Divide(scan.Point, scan.SharpThreshold, excesses);
        if (scan.SustainedThreshold <= 0)
            return;
        TensorPrimitives.Divide(scan.Sustained, scan.SustainedThreshold, room);
        TensorPrimitives.Max(excesses, room, excesses);
    }
}
