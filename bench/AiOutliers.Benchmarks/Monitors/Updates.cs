using System.Diagnostics;
using System.Globalization;
using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>
/// Runs over many entities whose new buckets are in memory, on one thread, by processor time. Every tenth entity is disturbed, the others
/// are clean. The first run, which judges all of them whole, is told by itself.
/// </summary>
internal static class Updates
{
    public static int Run(int entities, int runs)
    {
        var layout = EntityReplay.Layout;
        var state = new MonitorEntities(layout) { Reading = { DataFrom = Fleet.Start } };
        state.Advance(layout.BucketOf(Fleet.Start) + (uint)layout.Buckets);
        var coming = new double[entities][];
        for (var entity = 0; entity < entities; entity++)
        {
            var days = Fleet.HistoryDays + (runs + Fleet.PerDay) / Fleet.PerDay;
            var series = entity % 10 == 9 ? Fleet.Make(10_000 + entity, days) : Fleet.Clean(10_000 + entity, days);
            state.Load(state.Add(EntityKeys.Of(KeyOf(entity), layout.By)), Fleet.Table(series.Values.AsSpan(0, layout.Buckets), 0));
            coming[entity] = series.Values[layout.Buckets..];
        }
        var (whole, first) = One(state, coming, 0);
        Tell("first run", entities, whole, first);
        var (all, time) = (0, TimeSpan.Zero);
        for (var run = 1; run <= runs; run++)
        {
            var (some, took) = One(state, coming, run);
            (all, time) = (all + some, time + took);
        }
        Tell("next runs", (long)entities * runs, all, time);
        return 0;
    }

    private static (int Whole, TimeSpan Time) One(MonitorEntities state, double[][] coming, int run)
    {
        var window = EntityReplay.WindowOf(state.Layout.Buckets + run);
        var answer = new SeriesSetBuilder();
        var (column, host) = (answer.ColumnOf("bytes"), answer.DimensionOf("host"));
        for (var entity = 0; entity < coming.Length; entity++)
        {
            answer.SetKey(host, System.Text.Encoding.UTF8.GetBytes(NameOf(entity)));
            answer.Set(column, coming[entity][run]);
            answer.AddRow(window.From, null);
        }
        var rows = answer.Build();
        var started = Process.GetCurrentProcess().TotalProcessorTime;
        state.Advance(state.Layout.BucketOf(window.To));
        EntityRows.Put(state, rows);
        var judge = new EntityJudge(EntityReplay.Analyzer, EntityReplay.Request(window.To), state, window);
        var tally = new EntityTally(state);
        for (var place = 0; place < state.Places; place++)
            tally.Add(place, judge.Judge(place, default));
        return (tally.Whole, Process.GetCurrentProcess().TotalProcessorTime - started);
    }

    private static string NameOf(int entity) => string.Create(CultureInfo.InvariantCulture, $"host-{entity:D6}");

    public static SeriesKey KeyOf(int entity) => new([new("host", NameOf(entity))]);

    private static void Tell(string name, long updates, int whole, TimeSpan time) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {updates} updates in {time.TotalSeconds:0.0} s of processor time: {updates / time.TotalSeconds:0} a second; "
        + $"{100.0 * whole / updates:0.00} % judged whole"));
}
