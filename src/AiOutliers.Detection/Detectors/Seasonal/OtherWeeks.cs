using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Three weeks are needed to find the week in a series. With two, a weekend that has just begun, or whose working days have left the
/// window, looks like a level that has jumped. The same hours of the week before or after tell whether it has: what came at the same time
/// of another week is ordinary.
/// </summary>
/// <param name="points">One value a point, NaN where missing.</param>
/// <param name="scan">The scan.</param>
/// <param name="pointsPerDay">At least 2.</param>
internal sealed class OtherWeeks(double[] points, SeasonalScanResult scan, int pointsPerDay)
{
    private const int DaysPerWeek = 7;

    /// <summary>
    /// Of the threshold. Weekends differ from each other by little more than noise; the difference between an event that hardly raised the
    /// alarm and an ordinary week is below the threshold, too.
    /// </summary>
    private const double Alike = 0.5;

    /// <summary>
    /// Whether a segment's values are those of another week, so nearly that their difference is far from raising an alarm.
    /// </summary>
    public bool Explain(IncidentSegment segment) =>
        segment.Alarm is AlarmClasses.Sharp or AlarmClasses.Sustained
        && (IsLike(segment, -DaysPerWeek * pointsPerDay) || IsLike(segment, DaysPerWeek * pointsPerDay));

    private bool IsLike(IncidentSegment segment, int shift)
    {
        if (segment.Start + shift < 0 || segment.End + shift > points.Length)
            return false;
        var (energy, count) = (0.0, 0);
        for (var i = segment.Start; i < segment.End; i++)
        {
            var difference = (scan.Transform.Of(points[i]) - scan.Transform.Of(points[i + shift])) / scan.Scale[i];
            if (double.IsNaN(difference))
                continue;
            (energy, count) = (energy + difference * difference, count + 1);
        }
        var (alpha, threshold) = segment.Alarm == AlarmClasses.Sharp
            ? (Scores.PointAlpha, scan.SharpThreshold)
            : (Scores.WideAlpha, scan.SustainedThreshold);
        return 2 * count > segment.Length && Scores.OfWindow(energy / count, count, alpha) <= Alike * threshold;
    }
}
