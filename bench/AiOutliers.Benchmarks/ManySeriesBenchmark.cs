using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>
/// 10,000 series of a day at 5 minutes on all cores: the mean is the time of one series, its inverse the series per second.
/// </summary>
public class ManySeriesBenchmark
{
    private const int Series = 10_000;
    private const int Points = 288;

    private readonly double[][] _series = new double[Series][];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var s = 0; s < Series; s++)
        {
            _series[s] = new double[Points];
            for (var i = 0; i < Points; i++)
                _series[s][i] = Math.Round(1e6 * Math.Exp(0.8 * Math.Sin(2 * Math.PI * i / Points) + 0.1 * (random.NextDouble() - 0.5)));
            _series[s][random.Next(Points)] *= 3;
        }
    }

    [Benchmark(OperationsPerInvoke = Series)]
    public void OnAllCores() => Parallel.ForEach(_series, static series => SeasonalScan.Run(series, Points, Sensitivity.Normal));
}
