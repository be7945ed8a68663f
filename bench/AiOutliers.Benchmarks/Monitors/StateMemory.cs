using System.Globalization;
using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>What the state of many entities takes: in the process as a whole (PSS), and in files.</summary>
internal static class StateMemory
{
    private const int Different = 50;

    public static int Run(int entities)
    {
        var layout = EntityReplay.Layout;
        var before = Pss();
        var state = new MonitorEntities(layout);
        state.Advance(layout.BucketOf(Fleet.Start) + (uint)layout.Buckets);
        var tables = Enumerable.Range(0, Different)
            .Select(static seed => Fleet.Table(Fleet.Clean(seed, Fleet.HistoryDays).Values, 0)).ToArray();
        for (var entity = 0; entity < entities; entity++)
            state.Load(state.Add(EntityKeys.Of(Updates.KeyOf(entity), layout.By)), tables[entity % Different]);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var pss = Pss();
        var file = Path.GetTempFileName();
        long stored = 0;
        foreach (var shard in state.Shards)
        {
            ShardFile.Write(file, layout, "bench", state.End, shard);
            stored += new FileInfo(file).Length;
        }
        File.Delete(file);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{state.Count} entities: {layout.BytesOfEntity} bytes each and a key; "
            + $"memory (PSS) {pss / 1048576.0:0} MB, {before / 1048576.0:0} MB before, "
            + $"{(pss - before) / (double)entities:0} bytes an entity; in files {stored / (double)entities:0} bytes an entity"));
        return 0;
    }

    private static long Pss() => 1024 * long.Parse(
        File.ReadLines("/proc/self/smaps_rollup").First(static line => line.StartsWith("Pss:", StringComparison.Ordinal)).Split(
            ' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
