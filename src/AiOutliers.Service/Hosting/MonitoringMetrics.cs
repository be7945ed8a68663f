using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Service.Hosting;

/// <summary>Monitors, incidents and alerts in numbers; docs/operations.md says what each means. Of a database, not of a node.</summary>
internal sealed class MonitoringMetrics
{
    private readonly Counter<long> _runs;
    private readonly ConcurrentDictionary<string, StoredRun> _last = new(StringComparer.Ordinal);
    private readonly MonitoringRuntime _runtime;

    public MonitoringMetrics(IMeterFactory factory, MonitoringRuntime runtime)
    {
        _runtime = runtime;
        var meter = factory.Create(ServiceMetrics.MeterName);
        _runs = meter.CreateCounter<long>("aioutliers.monitor.runs", description: "Runs of monitors on this node, by monitor and state.");
        meter.CreateObservableGauge(
            "aioutliers.incidents.open", Open, description: "Incidents that are not closed, by monitor and severity: low, high, critical.");
        meter.CreateObservableGauge("aioutliers.monitor.lag", Lag, "s", "How long ago the last judged window ended, by monitor.");
        meter.CreateObservableGauge(
            "aioutliers.monitor.entities", Entities, description: "Entities that the last run judged, by monitor; of this node's runs.");
        meter.CreateObservableGauge(
            "aioutliers.entities.kept", Kept, description: "Entities whose state this node has in memory, by monitor.");
        meter.CreateObservableGauge("aioutliers.entities.bytes", () => _runtime.Entities.Bytes, "By", "What that state takes.");
        meter.CreateObservableCounter(
            "aioutliers.entities.series", Series, description: "Series of runs: judged by the detector, or skipped as clearly ordinary.");
        meter.CreateObservableCounter(
            "aioutliers.entities.read", Read,
            description: "Entities whose state was loaded from the store, or rebuilt from the data source.");
        meter.CreateObservableGauge("aioutliers.outbox.alerts", Alerts, description: "Alerts that wait or are parked, by state.");
        meter.CreateObservableGauge("aioutliers.outbox.age", Age, "s", "How old the oldest waiting alert is.");
    }

    public void Ran(StoredRun run)
    {
        _runs.Add(1, Tag("monitor", run.Monitor), Tag("state", run.State));
        if (run.State is not (RunStates.Waiting or RunStates.Failed))
            _last[run.Monitor] = run;
    }

    private IEnumerable<Measurement<long>> Open() => _runtime.Counts.Open.Select(
        static one => new Measurement<long>(one.Count, Tag("monitor", one.Monitor), Tag("severity", one.Severity)));

    private IEnumerable<Measurement<double>> Lag()
    {
        var now = _runtime.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        return _runtime.Counts.JudgedUpTo.Select(one => new Measurement<double>((now - one.Value) / 1000.0, Tag("monitor", one.Key)));
    }

    private IEnumerable<Measurement<long>> Entities() =>
        _last.Values.Select(static run => new Measurement<long>(run.Judged, Tag("monitor", run.Monitor)));

    private IEnumerable<Measurement<long>> Kept() =>
        _runtime.Entities.Entities.Select(static one => new Measurement<long>(one.Value, Tag("monitor", one.Key)));

    private IEnumerable<Measurement<long>> Series() =>
        [new(_runtime.Entities.Judged, Tag("how", "judged")), new(_runtime.Entities.Skipped, Tag("how", "skipped"))];

    private IEnumerable<Measurement<long>> Read() =>
        [new(_runtime.Entities.Loaded, Tag("how", "loaded")), new(_runtime.Entities.Rebuilt, Tag("how", "rebuilt"))];

    private IEnumerable<Measurement<long>> Alerts() =>
        [new(_runtime.Counts.Waiting, Tag("state", "waiting")), new(_runtime.Counts.Parked, Tag("state", "parked"))];

    private double Age() => _runtime.Counts.OldestWaiting is { } oldest
        ? (_runtime.Clock.GetUtcNow().ToUnixTimeMilliseconds() - oldest) / 1000.0
        : 0;

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
