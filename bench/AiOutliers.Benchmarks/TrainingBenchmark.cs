using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Training;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>Epochs of the traffic model over a day at the eight granularities, 163 slices of 32 rows, in batches of 32.</summary>
[MemoryDiagnoser]
public class TrainingBenchmark
{
    private const int Slices = 163;

    private readonly AutoencoderProfile _profile = new()
    {
        Metrics = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "granularity"],
        Calendar = ["minute", .. Enumerable.Range(0, 7).Select(day => $"weekday_{day}")],
        AverageLoss = 0,
        LossDeviation = 0,
        WindowSize = 16,
        Windows = 2,
    };

    private Network _network = null!;
    private float[] _examples = [];

    [Params(1, 2)]
    public int Threads { get; set; }

    [Params(1, 20)]
    public int Epochs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _network = TrafficNetwork.Build(_profile, new(), seed: 1);
        var random = new Random(1);
        _examples = [.. Enumerable.Range(0, Slices * _network.Input.Size).Select(_ => random.NextSingle())];
    }

    /// <summary>With what a training allocates once.</summary>
    [Benchmark]
    public TrainingResult Fit() => new Trainer(_network, new TrainingOptions { Epochs = Epochs, Threads = Threads }).Fit(_examples);
}
