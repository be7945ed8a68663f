using AiOutliers.Detection.Neural;
using AiOutliers.Models.Keras;
using AiOutliers.Tests.Shared;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>The forward pass of the traffic model over a day at one minute: 89 slices of 32 rows.</summary>
[MemoryDiagnoser]
public class NetworkBenchmark
{
    private const int Slices = 89;

    private Network _network = null!;
    private float[] _examples = [];
    private float[] _result = [];

    [GlobalSetup]
    public void Setup()
    {
        _network = KerasFile.Read(File.ReadAllBytes(Golden.Path("keras/k2_traffic_trained.keras")));
        var random = new Random(1);
        _examples = [.. Enumerable.Range(0, Slices * _network.Input.Size).Select(_ => random.NextSingle())];
        _result = new float[Slices * _network.Output.Size];
    }

    [Benchmark]
    public void Predict() => _network.Predict(_examples, _result);

    /// <summary>The same slices, each in a call of its own: what batching saves.</summary>
    [Benchmark(Baseline = true)]
    public void PredictOneByOne()
    {
        var (input, output) = (_network.Input.Size, _network.Output.Size);
        for (var slice = 0; slice < Slices; slice++)
            _network.Predict(_examples.AsSpan(slice * input, input), _result.AsSpan(slice * output, output));
    }
}
