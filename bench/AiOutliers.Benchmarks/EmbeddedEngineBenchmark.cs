using AiOutliers.Detection.Series;
using AiOutliers.Druid.Embedded;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>
/// The embedded engine: four weeks of one sensor at one minute with the traffic set, 40,320 buckets, the file loaded before.
/// </summary>
[MemoryDiagnoser]
public class EmbeddedEngineBenchmark
{
    private readonly byte[] _fourWeeks = EngineQueries.Traffic(EngineQueries.FourWeeks);
    private readonly byte[] _oneDay = EngineQueries.Traffic(EngineQueries.OneDay);
    private readonly byte[] _oneHour = EngineQueries.Traffic(EngineQueries.OneHour);

    private EmbeddedEngine _engine = null!;

    [GlobalSetup]
    public void Setup() => _engine = new EmbeddedEngine(EngineQueries.Folder);

    [GlobalCleanup]
    public void Cleanup() => _engine.Dispose();

    [Benchmark]
    public Task<MetricTable> FourWeeks() => _engine.QueryAsync(_fourWeeks);

    [Benchmark(Baseline = true)]
    public Task<MetricTable> OneDay() => _engine.QueryAsync(_oneDay);

    /// <summary>An hour of the same: most of it is what every query costs.</summary>
    [Benchmark]
    public Task<MetricTable> OneHour() => _engine.QueryAsync(_oneHour);
}
