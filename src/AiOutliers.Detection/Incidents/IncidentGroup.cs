namespace AiOutliers.Detection.Incidents;

/// <summary>Segments to the same side that overlap or lie next to each other: one incident.</summary>
internal sealed record IncidentGroup(IReadOnlyList<IncidentSegment> Segments)
{
    /// <summary>Two alarms this many points apart are one incident: a single ordinary point within a flood does not end it.</summary>
    private const int MaxGap = 2;

    public int Start { get; } = Segments[0].Start;

    public int End { get; } = Segments.Max(static segment => segment.End);

    public int Sign => Segments[0].Sign;

    public AlarmClasses Alarms { get; } = Segments.Aggregate(AlarmClasses.None, static (alarms, segment) => alarms | segment.Alarm);

    /// <summary>In order of their start, then of their end.</summary>
    public static IReadOnlyList<IncidentGroup> Merge(IEnumerable<IncidentSegment> segments)
    {
        var groups = new List<IncidentGroup>();
        foreach (var side in segments.GroupBy(static segment => segment.Sign))
        {
            var members = new List<IncidentSegment>();
            var end = 0;
            foreach (var segment in side.OrderBy(static segment => segment.Start).ThenBy(static segment => segment.End))
            {
                if (members.Count > 0 && segment.Start > end + MaxGap)
                {
                    groups.Add(new([.. members]));
                    members.Clear();
                }
                members.Add(segment);
                end = Math.Max(end, segment.End);
            }
            groups.Add(new([.. members]));
        }
        return [.. groups.OrderBy(static group => group.Start).ThenBy(static group => group.End)];
    }
}
