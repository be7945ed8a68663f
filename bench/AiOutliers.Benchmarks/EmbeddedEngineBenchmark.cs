using System.Text;
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
    private readonly byte[] _fourWeeks = Query("2024-09-02/2024-09-30");
    private readonly byte[] _oneDay = Query("2024-09-02/2024-09-03");

    private EmbeddedEngine _engine = null!;

    [GlobalSetup]
    public void Setup() => _engine = new EmbeddedEngine(Path.Combine(Golden.Path("."), "..", "..", "samples"));

    [GlobalCleanup]
    public void Cleanup() => _engine.Dispose();

    [Benchmark]
    public Task<MetricTable> FourWeeks() => _engine.QueryAsync(_fourWeeks);

    /// <summary>One day of the same: most of it is what every query costs.</summary>
    [Benchmark(Baseline = true)]
    public Task<MetricTable> OneDay() => _engine.QueryAsync(_oneDay);

    private static byte[] Query(string interval) => TrafficQuery.Build(DruidQuery.Parse(Encoding.UTF8.GetBytes($$$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["{{{interval}}}"],
         "filter":{"type":"selector","dimension":"sensor_name","value":"headquarters"}}
        """))).ToUtf8Json();
}
