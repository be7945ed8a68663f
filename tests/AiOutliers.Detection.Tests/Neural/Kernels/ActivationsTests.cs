using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Tests.Neural.Kernels;

public sealed class ActivationsTests
{
    private const double Tolerance = 1e-6;

    /// <summary>Not a multiple of eight, with values far outside, where e^x overflows.</summary>
    private static readonly float[] Inputs = [-200, -30, -9.5f, -3, -1, -0.5f, -1e-4f, 0, 1e-4f, 0.3f, 0.5f, 1, 2, 3, 5, 9.5f, 30, 88, 200];

    [Theory]
    [InlineData(ActivationFunction.Linear)]
    [InlineData(ActivationFunction.Relu)]
    [InlineData(ActivationFunction.Elu)]
    [InlineData(ActivationFunction.Selu)]
    [InlineData(ActivationFunction.Gelu)]
    [InlineData(ActivationFunction.Tanh)]
    [InlineData(ActivationFunction.Sigmoid)]
    public void Apply_AnyValue_IsItsFormula(ActivationFunction function)
    {
        for (var count = 1; count <= Inputs.Length; count++)
        {
            var actual = Inputs[..count];
            Activations.Apply(function, actual, count);
            for (var at = 0; at < count; at++)
                ((double)actual[at]).ShouldBe(Formula(function, Inputs[at]), Tolerance * Math.Max(1, Math.Abs(Inputs[at])), $"{function}({Inputs[at]}), {count} values");
        }
    }

    [Theory]
    [InlineData(ActivationFunction.Tanh)]
    [InlineData(ActivationFunction.Sigmoid)]
    [InlineData(ActivationFunction.Gelu)]
    public void Apply_NotANumber_StaysOneAndSpreadsNot(ActivationFunction function)
    {
        float[] values = [1, float.NaN, 2];
        Activations.Apply(function, values, 3);
        values.Select(float.IsNaN).ShouldBe([false, true, false]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(11)]
    public void Apply_Softmax_IsAShareOfEachRow(int row)
    {
        float[] values = [.. Enumerable.Range(0, 2 * row).Select(at => at * 7 % 13 - 6f + (at >= row ? 500 : 0))];
        var expected = values.Chunk(row).SelectMany(part => part.Select(x => Math.Exp(x - (double)part.Max()) / part.Sum(y => Math.Exp(y - (double)part.Max())))).ToArray();
        Activations.Apply(ActivationFunction.Softmax, values, row);
        for (var at = 0; at < values.Length; at++)
            ((double)values[at]).ShouldBe(expected[at], Tolerance);
    }

    private static double Formula(ActivationFunction function, double x) => function switch
    {
        ActivationFunction.Linear => x,
        ActivationFunction.Relu => Math.Max(x, 0),
        ActivationFunction.Elu => x > 0 ? x : Math.Exp(x) - 1,
        ActivationFunction.Selu => 1.05070098735548 * (x > 0 ? x : 1.67326324235437 * (Math.Exp(x) - 1)),
        ActivationFunction.Gelu => x * Phi(x),
        ActivationFunction.Tanh => Math.Tanh(x),
        _ => 1 / (1 + Math.Exp(-x)),
    };

    /// <summary>The normal distribution function, by the trapezoidal rule: nothing in it is shared with what is tested.</summary>
    private static double Phi(double x)
    {
        const int Steps = 20_000;
        if (Math.Abs(x) > 8)
            return x > 0 ? 1 : 0;
        var width = x / Steps;
        var sum = (Density(0) + Density(x)) / 2 + Enumerable.Range(1, Steps - 1).Sum(step => Density(step * width));
        return 0.5 + sum * width;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
