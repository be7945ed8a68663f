using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Gaps in the data that are longer than chance explains: of n points with m missing elsewhere, a run of L missing ones is flagged when
/// n·((m + 0.5)/n)^L &lt; 0.01, the rule that <c>seasonal-scan</c> has for runs of zeros.
/// </summary>
internal static class GapRuns
{
    private const double Chance = 0.01;

    /// <param name="points">
    /// One value per point, NaN when missing. What lies before the first and after the last value is not a gap.
    /// </param>
    /// <param name="isSkipped">Whether the clock never shows a point's time: such a point is not missing.</param>
    public static IEnumerable<IncidentSegment> Of(double[] points, Func<int, bool> isSkipped)
    {
        if (MissingValues.Count(points) == points.Length)
            yield break;
        points = [.. points.Select((value, point) => double.IsNaN(value) && isSkipped(point) ? 0 : value)];
        var missing = points.Count(double.IsNaN);
        // Data that is mostly missing has no usual to be missed.
        if (2 * missing >= points.Length)
            yield break;
        for (var start = Array.FindIndex(points, double.IsFinite); start < points.Length;)
        {
            if (double.IsFinite(points[start]))
            {
                start++;
                continue;
            }
            var end = Array.FindIndex(points, start, double.IsFinite);
            if (end < 0)
                yield break;
            var elsewhere = missing - (end - start);
            if (points.Length * Math.Pow((elsewhere + 0.5) / points.Length, end - start) < Chance)
                yield return new(start, end, -1, AlarmClasses.Outage) { IsGap = true };
            start = end;
        }
    }
}
