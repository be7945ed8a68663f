using System.Numerics.Tensors;

namespace AiOutliers.Detection.Neural;

/// <summary>A penalty on values: L1·Σ|x| + L2·Σx². The default is none.</summary>
public readonly record struct Regularizer(float L1, float L2)
{
    public bool IsNone => L1 == 0 && L2 == 0;

    public double Penalty(ReadOnlySpan<float> values) =>
        L1 * (double)TensorPrimitives.SumOfMagnitudes(values) + L2 * (double)TensorPrimitives.SumOfSquares(values);

    /// <summary>gradient += scale·(L1·sign x + 2·L2·x).</summary>
    public void AddGradient(ReadOnlySpan<float> values, float scale, Span<float> gradient)
    {
        for (var i = 0; i < values.Length; i++)
            gradient[i] += scale * (L1 * (values[i] > 0 ? 1 : values[i] < 0 ? -1 : 0) + 2 * L2 * values[i]);
    }
}
