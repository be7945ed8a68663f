using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>
/// Scores and verdict of one series on one core: a day at 5 minutes, a week, ten weeks, and a prime number of points that is about 17
/// months. Days of 288 points with quieter weekends, 8 % noise and three spikes; with the points per day given and without.
/// </summary>
[MemoryDiagnoser]
public class SeasonalScanBenchmark
{
    private const int Day = 288;

    private double[] _values = [];

    [Params(288, 2016, 20160, 150_001)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _values = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            var angle = 2 * Math.PI * i / Day;
            var weekend = i / Day % 7 >= 5 ? 0.6 : 1;
            _values[i] = Math.Round(1e6 * weekend * Math.Exp(0.8 * Math.Sin(angle) + 0.3 * Math.Sin(2 * angle) + 0.08 * Normal(random)));
        }
        foreach (var place in new[] { 0.3, 0.5, 0.7 })
            _values[(int)(Points * place)] *= 3;
    }

    [Benchmark(Baseline = true)]
    public object WithPointsPerDay() => SeasonalScan.Run(_values, Day, Sensitivity.Normal);

    [Benchmark]
    public object Alone() => SeasonalScan.Run(_values, 0, Sensitivity.Normal);

    /// <summary>Box and Muller.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
