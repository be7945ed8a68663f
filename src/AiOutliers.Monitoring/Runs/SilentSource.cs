using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>A source of which nothing comes is one incident, not one for each entity.</summary>
internal static class SilentSource
{
    /// <summary>
    /// Where every entity is silent it is the source that is: said once. What stands for all of them is over when any has rows.
    /// </summary>
    public static WindowResult Of(WindowResult result, long read, string metric) => (read, result.Findings) switch
    {
        (0, [var first, _, ..] all) => result with
        {
            Findings =
            [
                new(SeriesKey.None, metric, first.Incident with
                {
                    Start = all.Max(static finding => finding.Incident.Start),
                    Reason = $"no data of any of {all.Count} entities: the data source, or what feeds it, is silent",
                }),
            ],
        },
        _ when result.Judged.Count > 0 => result with { Judged = new HashSet<SeriesKey>(result.Judged) { SeriesKey.None } },
        _ => result,
    };
}
