using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis;

/// <summary>Gives incidents an id, and says which have not ended.</summary>
internal static class NamedIncidents
{
    /// <summary>As many bytes as a random id would have.</summary>
    private const int IdBytes = 16;

    /// <param name="result">What was found.</param>
    /// <param name="judged">All rows that were judged, with what is known of their buckets.</param>
    /// <param name="request">May say what the rows came from.</param>
    /// <param name="query">What they came from, else; null for rows that were brought along.</param>
    /// <param name="metric">The judged metric.</param>
    public static DetectionResult Named(
        this DetectionResult result, MetricTable judged, AnalysisRequest request, DruidQuery? query, string metric)
    {
        if (result.Incidents.Count == 0)
            return result;
        var (end, origin) = (EndOf(judged), request.Origin ?? QueryIdentity.Of(query).With(SeriesKey.None));
        return result with
        {
            Incidents =
            [
                .. result.Incidents.Select(
                    incident => incident with { Id = IdOf(origin, metric, incident.Start), Ongoing = incident.End >= end }),
            ],
        };
    }

    private static string IdOf(string origin, string metric, long start) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{origin}\0{metric}\0{start}")))
                .AsSpan(0, IdBytes));

    /// <summary>The end of the last complete bucket.</summary>
    private static long EndOf(MetricTable table)
    {
        var until = table.Coverage.Until ?? long.MaxValue;
        for (var row = table.Rows - 1; row >= 0; row--)
        {
            var end = table.Times[row] + table.StepMilliseconds;
            if (end <= until)
                return end;
        }
        return until;
    }
}
