using AiOutliers.Druid;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Monitoring.Runs;

/// <summary>What judges the windows of monitors over one data source, put together.</summary>
internal sealed class MonitorParts
{
    public MonitorParts(MonitoringRuntime runtime, EntityStates states, OutlierAnalyzer analyzer, IDruidSource source)
    {
        var judge = new WindowJudge(runtime.Engine, analyzer, source, states, runtime.Incidents, TimeProvider.System);
        var saving = new WindowSaving(runtime.Database, new(runtime.Engine, source), runtime.Settings.PublicUrl, runtime.Clock);
        Runner = new(runtime.Database, judge, saving, runtime.Clock);
        Backfill = new(runtime.Database, runtime.Runs, judge, saving, runtime.Clock);
        Late = new(runtime.Database, runtime.Runs, judge, saving, runtime.Engine.Traffic, source, runtime.Clock);
        Ahead = new(runtime.Database, saving, runtime.Clock);
    }

    public MonitorRunner Runner { get; }

    public Backfill Backfill { get; }

    public LateData Late { get; }

    public ClockAhead Ahead { get; }
}
