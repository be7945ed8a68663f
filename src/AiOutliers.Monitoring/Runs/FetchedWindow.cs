using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Monitoring.Entities;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>A window whose history was asked for with it: of previews, and of monitors that keep no state.</summary>
internal sealed class FetchedWindow(OutlierAnalyzer analyzer, MonitorQuery query, FetchedSeries fetched) : IWindowData
{
    /// <summary>An entity has to be known for so long before it may alarm.</summary>
    private const long LearningMilliseconds = 86_400_000;

    public IReadOnlyDictionary<long, double> Rows { get; } = Completeness.Rows(fetched.Series);

    public long RowsAnswered => fetched.Series.Rows;

    public string? Warning => fetched.Warning;

    public Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task<WindowVerdict> JudgeAsync(AnalysisRequest request, WindowResult empty, CancellationToken cancellation)
    {
        var (findings, judged) = (new List<Finding>(), new HashSet<SeriesKey>());
        var notJudged = new Dictionary<string, int>(StringComparer.Ordinal);
        var whole = 0;
        await foreach (var (report, index) in Indexed(new SeriesJudge(analyzer).JudgeAsync(fetched, request, cancellation)))
        {
            // A series without any row is that of a filter which matches nothing.
            if (fetched.Series.Table(index) is not { Rows: > 0 } table)
                continue;
            whole += report.Report?.Reports.Count ?? 0;
            var first = table.Times[0];
            var why = report.NotJudged is null && first > empty.To - LearningMilliseconds && fetched.Coverage.From < first
                ? EntityJudge.Learning
                : report.NotJudged;
            if (report.Report is null && SilentSeries.Of(table.Covering(fetched.Coverage), query.Metrics[0], empty.To) is { } silence)
                findings.Add(new(report.Key, query.Metrics[0], silence));
            else if (why is not null)
                notJudged[why] = notJudged.GetValueOrDefault(why) + 1;
            else
                Add(report, findings, judged);
        }
        return new(empty with { Findings = findings, Judged = judged }, notJudged) { Whole = whole };
    }

    private static void Add(SeriesReport report, List<Finding> findings, HashSet<SeriesKey> judged)
    {
        judged.Add(report.Key);
        foreach (var one in report.Report!.Reports)
            findings.AddRange(one.Result.Incidents.Select(incident => new Finding(report.Key, one.Metric, incident)));
    }

    private static async IAsyncEnumerable<(SeriesReport Report, int Index)> Indexed(IAsyncEnumerable<SeriesReport> reports)
    {
        var index = 0;
        await foreach (var report in reports)
            yield return (report, index++);
    }
}
