namespace AiOutliers.Samples.Suite;

/// <summary>Where in a series local hours are.</summary>
internal sealed record Clock(Rhythm Rhythm, DateTimeOffset Start, TimeSpan Step)
{
    public int Points(double hours) => Math.Max(1, (int)Math.Round(hours * 60 / Step.TotalMinutes));

    /// <summary>The first point, from the given one on, at which the day's rise is at its top.</summary>
    public int NextNoon(int point)
    {
        var hour = (Start + point * Step).ToOffset(Rhythm.UtcOffset).TimeOfDay.TotalHours;
        return point + (int)Math.Round((Rhythm.Noon - hour + 24) % 24 * 60 / Step.TotalMinutes);
    }
}
