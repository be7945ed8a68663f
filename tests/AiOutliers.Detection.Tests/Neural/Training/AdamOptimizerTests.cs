using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;
using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Detection.Tests.Neural.Training;

public sealed class AdamOptimizerTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Step_First_MovesEveryWeightByTheRateAgainstItsGradient()
    {
        var (gradients, optimizer) = New(new());
        var before = gradients[0].Parameter.Values.ToArray();
        Set(gradients, 0.3f);

        optimizer.Step(learningRate: 0.01);

        gradients[0].Parameter.Values.Zip(before, (after, old) => (double)after - old).ShouldAllBe(step => Math.Abs(step + 0.01) < Tolerance);
    }

    [Fact]
    public void Step_WeightDecay_ShrinksTheWeightBeforeTheStep()
    {
        var (gradients, optimizer) = New(new() { WeightDecay = 0.5 });
        gradients[0].Parameter.Values.AsSpan().Fill(2);
        Set(gradients, 0.3f);

        optimizer.Step(learningRate: 0.01);

        gradients[0].Parameter.Values.ShouldAllBe(value => Math.Abs(value - (2 * (1 - 0.5 * 0.01) - 0.01)) < Tolerance);
    }

    [Fact]
    public void Step_GradientBeyondTheClipNorm_IsScaledToIt()
    {
        var (gradients, optimizer) = New(new() { ClipNorm = 1 });
        Set(gradients, 5);

        optimizer.Step(learningRate: 0.01);

        Math.Sqrt(gradients.SelectMany(gradient => gradient.Values).Sum(value => (double)value * value)).ShouldBe(1, Tolerance);
    }

    [Fact]
    public void Step_GradientBelowTheClipNorm_StaysAsItIs()
    {
        var (gradients, optimizer) = New(new() { ClipNorm = 100 });
        Set(gradients, 0.5f);

        optimizer.Step(learningRate: 0.01);

        gradients.SelectMany(gradient => gradient.Values).ShouldAllBe(value => value == 0.5f);
    }

    [Fact]
    public void Collect_KernelRegularizer_AddsPenaltyAndGradient()
    {
        var layer = new DenseLayer("x", 2, useBias: false) { Regularizers = new Dictionary<string, Regularizer> { ["kernel"] = new(0.1f, 0.01f) } };
        var gradient = Pass(layer).Gradients.ShouldHaveSingleItem();
        gradient.Parameter.Values.AsSpan().Fill(-3);

        var penalty = gradient.Collect();

        penalty.ShouldBe(10 * (0.1 * 3 + 0.01 * 9), 1e-5);
        gradient.Values.ShouldAllBe(value => Math.Abs(value - (-0.1 - 2 * 0.01 * 3)) < Tolerance);
    }

    [Fact]
    public void Gradients_FrozenLayer_AreNone() => Pass(new DenseLayer("x", 2) { Trainable = false }).Gradients.ShouldBeEmpty();

    private static (ParameterGradient[] Gradients, AdamOptimizer Optimizer) New(AdamOptions options)
    {
        var gradients = Pass(new DenseLayer("x", 2)).Gradients;
        return (gradients, new(options, gradients));
    }

    private static GradientPass Pass(Layer layer)
    {
        var builder = new NetworkBuilder(new(5));
        builder.Add(layer, NetworkBuilder.Input);
        var pass = new GradientPass(builder.Build(), 1, LossFunction.MeanSquaredError, threads: 1);
        pass.Evaluate(new float[2], 1);
        return pass;
    }

    private static void Set(ParameterGradient[] gradients, float value)
    {
        foreach (var gradient in gradients)
            gradient.Values.AsSpan().Fill(value);
    }
}
