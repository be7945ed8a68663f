namespace AiOutliers.Detection.Incidents;

/// <summary>
/// Finds which incidents of several metrics are one. Two are when they overlap, or lie next to each other on the same side of the usual,
/// and neither dwarfs the other: whatever touches within two hours is one event; what lasts longer takes in only what begins with it, or
/// what fills more than half of its time. Two separate floods cannot each fill more than half of a shift, so it leaves them two.
/// The shortest are compared first: floods have found each other before a shift comes that covers them all.
/// </summary>
public static class JointIncidents
{
    /// <summary>As within one metric: a single ordinary bucket between two alarms does not part them.</summary>
    private const int MaxGap = 2;

    /// <summary>Two hours: up to there an incident is a spike or a dip, longer ones are shifts of the level.</summary>
    private const long LongestSpike = 7_200_000;

    /// <summary>The same with buckets so wide that two hours hold fewer.</summary>
    private const int LongestSpikeBuckets = 6;

    /// <param name="incidents">Of all metrics, in the order in which these were asked for: it decides between equally severe ones.</param>
    /// <param name="step">The width of a bucket, in milliseconds.</param>
    /// <returns>In order of their begin, the most severe of the same begin first.</returns>
    public static IReadOnlyList<JointIncident> Merge(IReadOnlyList<MetricIncident> incidents, long step)
    {
        var groups = new List<Group>();
        foreach (var incident in incidents.OrderBy(static one => one.Length).ThenBy(static one => one.Incident.Start))
        {
            var joined = groups.FindAll(group => AreOne(group, incident, step));
            groups.RemoveAll(joined.Contains);
            groups.Add(new([.. joined.SelectMany(static group => group.Members), incident]));
        }
        string[] order = [.. incidents.Select(static one => one.Metric).Distinct()];
        return [.. groups.Select(group => group.Joint(order))
            .OrderBy(static joint => joint.Start).ThenByDescending(static joint => joint.Worst.Severity)];
    }

    private static bool AreOne(Group group, MetricIncident other, long step)
    {
        var shared = Math.Min(group.End, other.Incident.End) - Math.Max(group.Start, other.Incident.Start);
        if (shared <= 0 && (shared < -MaxGap * step || !group.HasSide(other.Side)))
            return false;
        var longer = Math.Max(group.End - group.Start, other.Length);
        return longer <= Math.Max(LongestSpike, LongestSpikeBuckets * step)
            || Math.Abs(group.Start - other.Incident.Start) <= MaxGap * step
            || 2 * shared > longer;
    }

    private sealed class Group(IReadOnlyList<MetricIncident> members)
    {
        public IReadOnlyList<MetricIncident> Members => members;

        public long Start { get; } = members.Min(static member => member.Incident.Start);

        public long End { get; } = members.Max(static member => member.Incident.End);

        public bool HasSide(int side) => members.Any(member => member.Side == side);

        public JointIncident Joint(string[] order) => new([.. members
            .OrderByDescending(static member => member.Incident.Severity).ThenBy(member => Array.IndexOf(order, member.Metric))]);
    }
}
