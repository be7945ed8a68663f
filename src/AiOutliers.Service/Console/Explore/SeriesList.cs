using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Console.Explore;

/// <summary>Many judged series, the most severe first.</summary>
/// <param name="Reports">Those that are shown.</param>
/// <param name="All">How many there are.</param>
/// <param name="Anomalous">How many of them have an incident.</param>
/// <param name="NotJudged">How many could not be judged.</param>
public sealed record SeriesList(IReadOnlyList<SeriesReport> Reports, int All, int Anomalous, int NotJudged)
{
    public static SeriesList Of(IReadOnlyList<SeriesReport> reports, int most) => new(
        [.. reports.OrderByDescending(SeverityOf).ThenBy(static report => report.Key.ToString(), StringComparer.Ordinal).Take(most)],
        reports.Count,
        reports.Count(static report => report.Report?.Incidents.Count > 0),
        reports.Count(static report => report.NotJudged is not null));

    public static double SeverityOf(SeriesReport report) =>
        report.Report?.Incidents.Select(static incident => incident.Worst.Severity).DefaultIfEmpty(0).Max() ?? -1;
}
