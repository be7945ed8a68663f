using AiOutliers.Detection.Evaluation;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>VUS-PR and VUS-ROC: 20,000 rows with short events, by the largest buffer; and what choosing that buffer costs.</summary>
[MemoryDiagnoser]
public class VusBenchmark
{
    private const int Rows = 20_000;
    private const int EventLength = 12;

    private readonly bool[] _labels = new bool[Rows];
    private readonly double[] _scores = new double[Rows];

    [Params(125, 300)]
    public int Window { get; set; }

    /// <summary>With 500 the margins of neighbouring events overlap.</summary>
    [Params(20, 500)]
    public int Events { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var e = 0; e < Events; e++)
            _labels.AsSpan(random.Next(Rows - EventLength), EventLength).Fill(true);
        for (var row = 0; row < Rows; row++)
            _scores[row] = random.NextDouble() + (_labels[row] ? 0.3 : 0);
    }

    [Benchmark(Baseline = true)]
    public SurfaceVolume Volume() => VolumeUnderSurface.Compute(_labels, _scores, Window);

    [Benchmark]
    public PointAccuracy Points() => PointAccuracy.Compute(_labels, _scores);

    [Benchmark]
    public int ChooseWindow() => SlidingWindow.Of(_scores);
}
