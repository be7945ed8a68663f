using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Tests.Shared;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>The embedded engine: four weeks of one sensor at one minute with the traffic set, 40,320 buckets, the file loaded before.</summary>
[MemoryDiagnoser]
public class EmbeddedEngineBenchmark
{
    private readonly byte[] _query = TrafficQuery.Build(DruidQuery.Parse("""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["2024-09-02/2024-09-30"],
         "filter":{"type":"selector","dimension":"sensor_name","value":"headquarters"}}
        """u8)).ToUtf8Json();

    private EmbeddedEngine _engine = null!;

    [GlobalSetup]
    public void Setup() => _engine = new EmbeddedEngine(Path.Combine(Golden.Path("."), "..", "..", "samples"));

    [GlobalCleanup]
    public void Cleanup() => _engine.Dispose();

    [Benchmark]
    public Task<MetricTable> FourWeeks() => _engine.QueryAsync(_query);
}
