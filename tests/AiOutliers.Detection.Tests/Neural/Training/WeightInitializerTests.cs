using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;
using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Detection.Tests.Neural.Training;

public sealed class WeightInitializerTests
{
    private const int Features = 7;

    private const int Units = 9;

    [Fact]
    public void Apply_RecurrentKernel_HasOrthonormalRows()
    {
        var kernel = Initialised(new LstmLayer("x", Units)).Parameters[1].Values;
        for (var a = 0; a < Units; a++)
        {
            for (var b = 0; b <= a; b++)
                Enumerable.Range(0, 4 * Units).Sum(i => (double)kernel[a * 4 * Units + i] * kernel[b * 4 * Units + i]).ShouldBe(a == b ? 1 : 0, 1e-6);
        }
    }

    [Fact]
    public void Apply_Kernel_IsSpreadOverGlorotsInterval()
    {
        var kernel = Initialised(new DenseLayer("x", 500)).Parameters[0].Values;
        var limit = Math.Sqrt(6.0 / (Features + 500));
        kernel.Max().ShouldBeInRange((float)(0.95 * limit), (float)limit);
        kernel.Min().ShouldBeInRange((float)-limit, (float)(-0.95 * limit));
        ((double)kernel.Average()).ShouldBe(0, 0.05 * limit);
    }

    [Fact]
    public void Apply_LstmBias_OpensTheForgetGate() => Initialised(new LstmLayer("x", Units)).Parameters[2].Values
        .ShouldBe([.. Enumerable.Repeat(0f, Units), .. Enumerable.Repeat(1f, Units), .. Enumerable.Repeat(0f, 2 * Units)]);

    [Fact]
    public void Apply_BatchNormalization_ChangesNothingAtFirst()
    {
        var layer = Initialised(new BatchNormalizationLayer("x"));
        layer.Parameters.Select(parameter => parameter.Values[0]).ShouldBe([1, 0, 0, 1]);
    }

    private static Layer Initialised(Layer layer)
    {
        var builder = new NetworkBuilder(new(4, Features));
        builder.Add(layer, NetworkBuilder.Input);
        WeightInitializer.Apply(builder.Build(), seed: 5);
        return layer;
    }
}
