using AiOutliers.Detection.Forest;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>Isolation forest, fit and score: 1,440 rows of 5 features, 100 trees.</summary>
[MemoryDiagnoser]
public class ForestBenchmark
{
    private const int Rows = 1440;
    private const int Features = 5;

    private double[][] _columns = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _columns = [.. Enumerable.Range(0, Features).Select(_ => Enumerable.Range(0, Rows).Select(_ => random.NextDouble()).ToArray())];
    }

    [Benchmark]
    public double[] FitAndScore() => IsolationForest.Score(_columns);
}
