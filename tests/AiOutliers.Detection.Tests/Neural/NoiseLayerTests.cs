using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;

namespace AiOutliers.Detection.Tests.Neural;

public sealed class NoiseLayerTests
{
    private const int Size = 20_000;

    [Fact]
    public void Forward_DropoutInTraining_DropsItsShareAndScalesTheRest()
    {
        var result = Train(new DropoutLayer("x", 0.3), key: 1);
        ((double)result.Count(value => value == 0) / Size).ShouldBe(0.3, 0.015);
        result.Where(value => value != 0).ShouldAllBe(value => Math.Abs(value - 1 / 0.7f) < 1e-6);
    }

    [Fact]
    public void Forward_NoiseInTraining_HasItsDeviation()
    {
        var result = Train(new GaussianNoiseLayer("x", 0.5), key: 1);
        var mean = result.Average(value => (double)value);
        mean.ShouldBe(1, 0.015);
        Math.Sqrt(result.Average(value => (value - mean) * (value - mean))).ShouldBe(0.5, 0.01);
        result.Count(value => Math.Abs(value - mean) > 1).ShouldBeInRange((int)(0.035 * Size), (int)(0.056 * Size), "4.6 % lie beyond two deviations");
    }

    [Fact]
    public void Forward_SameKey_GivesTheSameAndAnotherKeyOthers()
    {
        Train(new DropoutLayer("x", 0.3), key: 1).ShouldBe(Train(new DropoutLayer("x", 0.3), key: 1));
        Train(new DropoutLayer("x", 0.3), key: 1).ShouldNotBe(Train(new DropoutLayer("x", 0.3), key: 2));
        Train(new GaussianNoiseLayer("x", 0.3), key: 1).ShouldBe(Train(new GaussianNoiseLayer("x", 0.3), key: 1));
        Train(new GaussianNoiseLayer("x", 0.3), key: 1).ShouldNotBe(Train(new GaussianNoiseLayer("x", 0.3), key: 2));
    }

    [Fact]
    public void Forward_Prediction_ChangesNothing()
    {
        foreach (var layer in new Layer[] { new DropoutLayer("x", 0.3), new GaussianNoiseLayer("x", 0.3) })
        {
            var pass = Pass(layer);
            pass.Predict(1);
            layer.Forward(pass);
            pass.Result.ToArray().ShouldAllBe(value => value == 1);
        }
    }

    private static float[] Train(Layer layer, ulong key)
    {
        var pass = Pass(layer);
        pass.Train(1, key);
        layer.Forward(pass);
        return pass.Result.ToArray();
    }

    private static LayerPass Pass(Layer layer)
    {
        var shape = layer.Build([new(Size)]);
        var input = Tensor.Allocate(shape, 1, gradients: true);
        input.Batch(1).Fill(1);
        return new(layer, [input], Tensor.Allocate(shape, 1, gradients: true), 1);
    }
}
