namespace AiOutliers.Detection.Evaluation;

/// <summary>
/// How accurate a verdict is, event by event. An event is a run of labelled rows, widened by the tolerance on both sides: people label
/// neither the first nor the last minute exactly. An alarm is a run of flagged rows; runs with at most the tolerance between them are one.
/// An event is found when a flagged row lies in it; an alarm is false when none of its flagged rows lies in an event.
/// </summary>
/// <param name="Events">Labelled events.</param>
/// <param name="Found">Those that are found.</param>
/// <param name="Alarms">Runs of flagged rows.</param>
/// <param name="FalseAlarms">Those that are false.</param>
public readonly record struct EventAccuracy(int Events, int Found, int Alarms, int FalseAlarms)
{
    /// <summary>Found events by events; NaN without an event.</summary>
    public double Recall => (double)Found / Events;

    /// <summary>
    /// The harmonic mean of <see cref="Recall"/> and the share of alarms that are not false; 0 without an alarm, NaN without an event.
    /// </summary>
    public double F1
    {
        get
        {
            if (Events == 0)
                return double.NaN;
            var precision = Alarms == 0 ? 0 : (double)(Alarms - FalseAlarms) / Alarms;
            return Found == 0 ? 0 : 2 * precision * Recall / (precision + Recall);
        }
    }

    /// <param name="labels">One per row.</param>
    /// <param name="flags">The verdict, one per row.</param>
    /// <param name="tolerance">Rows.</param>
    public static EventAccuracy Compute(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> flags, int tolerance)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(flags.Length, labels.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var events = RowRange.Of(labels);
        var near = new bool[labels.Length];
        var found = 0;
        foreach (var (start, end) in events)
        {
            var from = Math.Max(0, start - tolerance);
            var length = Math.Min(labels.Length - 1, end + tolerance) - from + 1;
            near.AsSpan(from, length).Fill(true);
            found += flags.Slice(from, length).Contains(true) ? 1 : 0;
        }
        var alarms = RowRange.Of(flags, tolerance);
        var falseAlarms = 0;
        foreach (var alarm in alarms)
            falseAlarms += Touches(flags, near, alarm) ? 0 : 1;
        return new(events.Length, found, alarms.Length, falseAlarms);
    }

    private static bool Touches(ReadOnlySpan<bool> flags, ReadOnlySpan<bool> near, RowRange alarm)
    {
        for (var row = alarm.Start; row <= alarm.End; row++)
        {
            if (flags[row] && near[row])
                return true;
        }
        return false;
    }
}
