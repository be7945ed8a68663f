using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// A new series has no weekend to compare its first one with: its level may change at both edges. A shift that begins there is not
/// reported. A sharp event of more than an hour is reported only when it has ended.
/// </summary>
internal static class FirstWeek
{
    /// <summary>A week, and a day of the next one.</summary>
    private const int Days = 8;

    private const int HoursPerDay = 24;

    /// <param name="segment">What was found.</param>
    /// <param name="grid">Where the rows lie.</param>
    public static bool Hides(IncidentSegment segment, TimeGrid grid)
    {
        if (!grid.IsRegular || grid.PointsPerDay < HoursPerDay || grid.Points >= Days * grid.PointsPerDay)
            return false;
        return segment.Alarm switch
        {
            AlarmClasses.Shift => UnknownWeekends.IsAround(segment with { End = segment.Start + 1 }, grid),
            AlarmClasses.Sharp => IsOpen(segment, grid) && UnknownWeekends.IsAround(segment, grid),
            _ => false,
        };
    }

    private static bool IsOpen(IncidentSegment segment, TimeGrid grid) =>
        segment.End == grid.Points && segment.Length > grid.PointsPerDay / HoursPerDay;
}
