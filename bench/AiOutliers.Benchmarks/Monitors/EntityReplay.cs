using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Detectors.Seasonal.Newest;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Entities;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>One entity, bucket after bucket: by its state, and by a judgement of its whole history at the same moment.</summary>
internal sealed class EntityReplay
{
    public static readonly OutlierAnalyzer Analyzer = OutlierAnalyzer.OfRows(new());

    public static readonly EntityLayout Layout = new(Fleet.Step, Fleet.HistoryDays * Fleet.PerDay, ["bytes"], ["host"]);

    private readonly double[] _values;
    private readonly MonitorEntities _state = new(Layout);
    private readonly int _place;

    /// <param name="name">The entity's.</param>
    /// <param name="values">From <see cref="Fleet.Start"/> on.</param>
    /// <param name="first">The first bucket that is judged; at least two weeks are before it.</param>
    public EntityReplay(string name, double[] values, int? first = null)
    {
        _values = values;
        var known = (first ?? Layout.Buckets) - Layout.Buckets;
        _state.Advance(Layout.BucketOf(Fleet.Start) + (uint)(known + Layout.Buckets));
        _state.Reading.DataFrom = Fleet.Start;
        _place = _state.Add(EntityKeys.Of(new([new("host", name)]), Layout.By));
        _state.Load(_place, Fleet.Table(values.AsSpan(known, Layout.Buckets), known));
    }

    public static AnalysisRequest Request(long until) => new()
    {
        Detector = new SeasonalScanDetector(new() { IgnoreGaps = false }),
        ModelOfSensor = false,
        Metrics = "bytes",
        CompleteUntil = DateTimeOffset.FromUnixTimeMilliseconds(until),
    };

    /// <summary>By the state, after a bucket came.</summary>
    public EntityVerdict? Judge(int bucket)
    {
        var window = WindowOf(bucket);
        var number = Layout.BucketOf(window.From);
        _state.Advance(number + 1);
        if (!double.IsNaN(_values[bucket]))
            _state.Put(_place, number, [_values[bucket]]);
        return new EntityJudge(Analyzer, Request(window.To), _state, window).Judge(_place, default);
    }

    /// <summary>How near the state says that the newest bucket is to an alarm.</summary>
    public AlarmDistance Distance(int bucket)
    {
        var (shard, slot) = _state.At(_place);
        var values = new double[Layout.Buckets];
        shard.Read(slot, 0, _state.Start, values);
        return ((SeasonalScanDetector)Request(0).Detector!).Newest.Distance(
            values, Layout.BucketsPerDay, WindowOf(bucket).To, shard.Summary(slot, 0).Known);
    }

    /// <summary>By a judgement of the whole history.</summary>
    public IReadOnlyList<Incident> Whole(int bucket)
    {
        var window = WindowOf(bucket);
        var first = bucket + 1 - Layout.Buckets;
        var table = Fleet.Table(_values.AsSpan(first, Layout.Buckets), first)
            .Covering(new Coverage(Fleet.Step, Fleet.Start + first * Fleet.Step, window.To));
        if (table.Times[^1] < window.From)
            return SilentSeries.Of(table, "bytes", window.To) is { } silence ? [silence] : [];
        var values = _values.AsSpan(first, Layout.Buckets);
        var faint = FaintSeries.Of(values, Layout, Layout.BucketOf(window.To), new());
        var report = Analyzer.JudgeRows(Request(window.To) with { Table = table, AskedFrom = window.From }, default);
        return report.Reports[0].Result.Incidents is { Count: 0 } && faint is not null ? [faint] : report.Reports[0].Result.Incidents;
    }

    public static Window WindowOf(int bucket) =>
        new(Fleet.Start + bucket * Fleet.Step, Fleet.Start + (bucket + 1) * Fleet.Step);
}
