using AiOutliers.Detection.Incidents;

namespace AiOutliers.Service.Console.Explore;

/// <summary>What two detectors found in the same series, beside each other.</summary>
/// <param name="One">Of the first; null where only the second found it.</param>
/// <param name="Other">Of the second; null where only the first found it.</param>
public sealed record IncidentPair(JointIncident? One, JointIncident? Other)
{
    public long Start => Math.Min(One?.Start ?? long.MaxValue, Other?.Start ?? long.MaxValue);

    public long End => Math.Max(One?.End ?? long.MinValue, Other?.End ?? long.MinValue);

    public IEnumerable<string> Metrics => new[] { One, Other }.OfType<JointIncident>()
        .SelectMany(static incident => incident.Metrics.Select(static own => own.Metric)).Distinct();

    /// <summary>In order of time. Incidents are the same where they overlap and share a metric; each is in one pair.</summary>
    public static IReadOnlyList<IncidentPair> Of(IReadOnlyList<JointIncident> ones, IReadOnlyList<JointIncident> others)
    {
        var left = others.ToList();
        var pairs = new List<IncidentPair>();
        foreach (var one in ones)
        {
            var same = left.Find(other => IsSame(one, other));
            if (same is not null)
                left.Remove(same);
            pairs.Add(new(one, same));
        }
        return [.. pairs.Concat(left.Select(static other => new IncidentPair(null, other))).OrderBy(static pair => pair.Start)];
    }

    private static bool IsSame(JointIncident one, JointIncident other) =>
        one.Start < other.End && other.Start < one.End
        && one.Metrics.Any(own => other.Metrics.Any(its => its.Metric == own.Metric));
}
