using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>What the detector makes of series of the suite, in their points.</summary>
internal static class SuiteVerdicts
{
    public static bool IsNear(SuiteSeries series, Incident incident)
    {
        var (start, end) = (PointAt(series, incident.Start), PointAt(series, incident.End));
        return Enumerable.Range(start - 6, end - start + 12).Any(series.IsLabelled);
    }

    public static int PointAt(SuiteSeries series, long time) =>
        (int)((time - series.Start.ToUnixTimeMilliseconds()) / series.Step.TotalMilliseconds);

    public static IEnumerable<int> Flagged(DetectionResult result) =>
        result.Anomalies.Index().Where(static row => row.Item).Select(static row => row.Index);

    public static string Told(SuiteSeries series, DetectionResult result)
    {
        var incidents = result.Incidents.Select(incident =>
            $"{incident.Kind} {PointAt(series, incident.Start)}-{PointAt(series, incident.End)} {incident.Alarms} {incident.Reason}");
        return $"seed {series.Seed}, {series.Start:yyyy-MM-ddTHH:mm}, {series.Values.Length} rows: {string.Join("; ", incidents)}";
    }

    public static DetectionResult Detect(SuiteSeries series, double[] values) =>
        new SeasonalScanDetector(new()).Detect(LiteralComparison.Table(values, series.Start, series.Step), "bytes");
}
