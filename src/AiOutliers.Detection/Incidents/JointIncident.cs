namespace AiOutliers.Detection.Incidents;

/// <summary>One thing that happened, as it shows in one metric or in several.</summary>
public sealed class JointIncident
{
    /// <param name="parts">At least one, the most severe first.</param>
    internal JointIncident(IReadOnlyList<MetricIncident> parts)
    {
        Start = parts.Min(static part => part.Incident.Start);
        End = parts.Max(static part => part.Incident.End);
        Alarms = parts.Aggregate(AlarmClasses.None, static (all, part) => all | part.Incident.Alarms);
        Metrics = [.. parts.DistinctBy(static part => part.Metric)];
    }

    /// <summary>The earliest begin, in milliseconds since 1970.</summary>
    public long Start { get; }

    /// <summary>The latest end, in milliseconds since 1970.</summary>
    public long End { get; }

    /// <summary>What any of its incidents raised.</summary>
    public AlarmClasses Alarms { get; }

    /// <summary>The metrics that it shows in, each with the most severe of its incidents; the most severe metric first.</summary>
    public IReadOnlyList<MetricIncident> Metrics { get; }

    /// <summary>Kind, severity and reason of the most severe one stand for all.</summary>
    public Incident Worst => Metrics[0].Incident;
}
