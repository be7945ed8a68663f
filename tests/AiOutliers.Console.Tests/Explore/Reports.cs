using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Console.Tests.Explore;

/// <summary>Reports on a row a minute.</summary>
internal static class Reports
{
    public const long Minute = 60_000;

    /// <param name="rows">How many were judged.</param>
    /// <param name="value">Of each row.</param>
    /// <param name="incidents">The first row, the row after the last, and the severity of each.</param>
    public static JointReport Of(int rows, Func<int, double> value, params (int From, int Until, double Severity)[] incidents) =>
        Of(rows, value, 0, DateTimeOffset.UnixEpoch, incidents);

    /// <param name="rows">How many were judged.</param>
    /// <param name="value">Of each row.</param>
    /// <param name="shownFrom">The first row that was asked for.</param>
    /// <param name="begin">When the first row is; by itself, 1970.</param>
    public static JointReport Of(int rows, Func<int, double> value, int shownFrom, DateTimeOffset? begin = null) =>
        Of(rows, value, shownFrom, begin ?? DateTimeOffset.UnixEpoch, []);

    private static JointReport Of(
        int rows, Func<int, double> value, int shownFrom, DateTimeOffset begin, (int From, int Until, double Severity)[] incidents)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        for (var row = 0; row < rows; row++)
        {
            builder.AddRow(begin.ToUnixTimeMilliseconds() + row * Minute, null);
            builder.Set(column, value(row));
        }
        var table = builder.Build();
        var shown = rows - shownFrom;
        var result = new DetectionResult
        {
            Scores = new double[shown],
            Expected = new double[shown],
            Anomalies = new bool[shown],
            Incidents = [.. incidents.Select(one => IncidentOf(one.From * Minute, one.Until * Minute, one.Severity))],
        };
        var one = new AnalysisReport(table.Slice(shownFrom, shown), "bytes", "test", null, result, HistoryReport.None);
        return new([one]) { Judged = table, Elapsed = default };
    }

    private static Incident IncidentOf(long start, long end, double severity) => new()
    {
        Start = start,
        End = end,
        Severity = severity,
        Kind = IncidentKind.Outage,
        Peak = null,
        Area = null,
        Reason = "",
    };
}
