using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis.Many;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Monitoring.Runs;

/// <summary>Says before a monitor is applied what it will take: one query counts its entities.</summary>
internal sealed class CostEstimate(EngineSettings settings, IDruidSource source)
{
    private const long Day = 86_400_000;

    /// <summary>Of many series, so many are judged by the detector in a run: measured with one entity in ten disturbed.</summary>
    private const double WholeShare = 0.05;

    /// <summary>What the others take, with putting in their new values.</summary>
    private const double OtherMilliseconds = 0.05;

    /// <summary>What the detector takes for a series: two weeks at five minutes.</summary>
    private const double UsualMilliseconds = 1.5, UsualBuckets = 4032;

    /// <exception cref="AiOutliersException">The data source failed.</exception>
    public async Task<MonitorCost> OfAsync(MonitorDocument monitor, DateTimeOffset now, CancellationToken cancellation)
    {
        var series = monitor.Spec.Series;
        var newest = await TimeBoundary.LastAsync(source, DataSourceSpec.Table(series.DataSource), cancellation);
        var until = Math.Min(now.ToUnixTimeMilliseconds(), newest + 1 ?? long.MaxValue);
        var query = MonitorQuery.Of(series, settings.Traffic, default).Query;
        var entities = series.By.Count == 0 ? 1 : await CountAsync(query, new(until - Day, until), series.By, cancellation);
        return Of(monitor, Math.Min(entities, series.Top), until, milliseconds: null) with { LeftOut = Math.Max(0, entities - series.Top) };
    }

    /// <summary>What the monitor names and the data source does not have, in words: Druid takes it for 0, or for one entity.</summary>
    /// <exception cref="AiOutliersException">The data source failed.</exception>
    public async Task<IReadOnlyList<string>> DoubtsAsync(MonitorDocument monitor, CancellationToken cancellation)
    {
        var (query, metrics) = MonitorQuery.Of(monitor.Spec.Series, settings.Traffic, default);
        var rows = new MetricTableBuilder();
        foreach (var metric in metrics)
            rows.ColumnOf(metric);
        var doubts = await IdleMetrics.NotesAsync(source, query, rows.Build(), cancellation);
        try
        {
            await MissingDimensions.CheckAsync(source, query, monitor.Spec.Series.By, cancellation);
            return doubts;
        }
        catch (AiOutliersException error) when (error.Kind == ErrorKind.BadInput)
        {
            return [.. doubts, error.Message];
        }
    }

    /// <param name="monitor">The monitor.</param>
    /// <param name="entities">How many there are.</param>
    /// <param name="now">When.</param>
    /// <param name="milliseconds">What the detector takes for a series; null where nobody measured it.</param>
    public MonitorCost Of(MonitorDocument monitor, long entities, long now, double? milliseconds)
    {
        var spec = monitor.Spec;
        var layout = MonitorQuery.Of(spec.Series, settings.Traffic, default).LayoutOf(spec, settings.History);
        var (series, buckets) = (entities * spec.Series.Metrics.Count, layout?.Buckets ?? 1);
        var whole = milliseconds ?? UsualMilliseconds * buckets / UsualBuckets;
        var share = EntityJudge.AreMany(series * buckets) ? WholeShare : 1;
        return new(
            entities,
            entities * Math.Max(1, spec.Schedule.Shortest(now) / spec.Series.Step),
            entities * (layout?.BytesOfEntity ?? 0),
            (long)(series * (share * whole + OtherMilliseconds)));
    }

    private async Task<long> CountAsync(DruidQuery query, Window window, IReadOnlyList<string> by, CancellationToken cancellation)
    {
        using var answer = JsonDocument.Parse(await source.AnswerAsync(EntityQueries.Count(query, window, by), cancellation));
        return answer.RootElement.GetArrayLength() == 0 ? 0
            : (long)Math.Round(answer.RootElement[0].GetProperty("result").GetProperty(EntityQueries.Counted).GetDouble());
    }
}
