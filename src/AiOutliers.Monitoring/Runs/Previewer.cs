using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>Judges the last days at once, as if they were one window, and stores nothing.</summary>
internal sealed class Previewer(WindowJudge judge, CostEstimate costs)
{
    private const long Day = 86_400_000;

    public async Task<MonitorPreview> RunAsync(
        MonitorDocument monitor, int days, DateTimeOffset until, IProgress<double>? progress, CancellationToken cancellation)
    {
        var (spec, now) = (monitor.Spec, until.ToUnixTimeMilliseconds());
        var to = Window.Next(spec, null, now).To;
        var window = new Window((to - days * Day) / spec.Series.Step * spec.Series.Step, to);
        var judged = await judge.JudgePastAsync(monitor, window, progress, cancellation);
        var opened = new IncidentLife(monitor.Name, 1, spec, now).Changes([], judged.Result)
            .Where(static change => change.IsNew).Select(static change => change.Incident).ToList();
        var entities = judged.Result.Judged.Count(static key => !key.IsNone) is var many && many > 0 ? many : judged.Result.Judged.Count;
        var cost = costs.Of(
            monitor, entities, to, Environment.ProcessorCount * judged.Judging.TotalMilliseconds / Math.Max(1, judged.Whole));
        return new()
        {
            From = window.From,
            To = window.To,
            Incidents = [.. opened.OrderByDescending(static incident => incident.StartedAt)],
            Alerts = 2 * opened.Count * spec.Alerts.Count,
            Entities = entities,
            NotJudged = judged.NotJudged,
            RowsPerRun = cost.RowsPerRun,
            StateBytes = cost.StateBytes,
            ProcessorMilliseconds = cost.ProcessorMilliseconds,
            SourceMilliseconds = (long)judged.Source.TotalMilliseconds,
            JudgingMilliseconds = (long)judged.Judging.TotalMilliseconds,
        };
    }
}
