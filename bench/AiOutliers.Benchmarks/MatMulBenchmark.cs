using AiOutliers.Detection.Neural.Kernels;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>The product behind every layer, at the recurrent step's size and at awkward ones, against three plain loops.</summary>
[MemoryDiagnoser]
public class MatMulBenchmark
{
    private float[] _a = [];
    private float[] _b = [];
    private float[] _c = [];

    /// <summary>Rows, terms, columns.</summary>
    [Params("89x24x96", "32x20x24", "7x13x29")]
    public string Shape { get; set; } = "";

    private int _m, _k, _n;

    [GlobalSetup]
    public void Setup()
    {
        (_m, _k, _n) = Shape.Split('x').Select(int.Parse).ToArray() is [var m, var k, var n] ? (m, k, n) : default;
        var random = new Random(1);
        _a = [.. Enumerable.Range(0, _m * _k).Select(_ => random.NextSingle())];
        _b = [.. Enumerable.Range(0, _k * _n).Select(_ => random.NextSingle())];
        _c = new float[_m * _n];
    }

    [Benchmark]
    public void Kernel() => MatMul.Affine(_a, _k, _b, [], _c, _n, _m, _k, _n);

    [Benchmark(Baseline = true)]
    public void Loops()
    {
        for (var row = 0; row < _m; row++)
        {
            for (var column = 0; column < _n; column++)
            {
                var sum = 0f;
                for (var at = 0; at < _k; at++)
                    sum += _a[row * _k + at] * _b[at * _n + column];
                _c[row * _n + column] = sum;
            }
        }
    }
}
