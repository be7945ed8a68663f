namespace AiOutliers.Detection.Incidents;

/// <summary>Neighbouring points of a <see cref="Series.TimeGrid"/> that one alarm found, all to the same side of the usual.</summary>
/// <param name="Start">The first point.</param>
/// <param name="End">The first point after.</param>
/// <param name="Sign">1 above the usual, -1 below.</param>
/// <param name="Alarm">The alarm.</param>
internal sealed record IncidentSegment(int Start, int End, int Sign, AlarmClasses Alarm)
{
    /// <summary>What it looks like, when the alarm knows; else length and height show it.</summary>
    public IncidentKind? Kind { get; init; }

    /// <summary>How far it is from the usual, in words ("40 %"), when the alarm knows; else the expected values show it.</summary>
    public string? Size { get; init; }

    /// <summary>The alarm's statistic over its threshold, at least 1, when it has one for the whole segment.</summary>
    public double Excess { get; init; } = 1;

    /// <summary>Whether these are missing points: a gap in the data.</summary>
    public bool IsGap { get; init; }

    public int Length => End - Start;
}
