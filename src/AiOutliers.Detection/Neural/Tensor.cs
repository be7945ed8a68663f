namespace AiOutliers.Detection.Neural;

/// <summary>A batch of values, row-major, example after example, with room for the gradient of the loss by each of them.</summary>
/// <param name="shape">One example's shape.</param>
/// <param name="values">Room for the largest batch.</param>
public sealed class Tensor(Shape shape, float[] values)
{
    public Shape Shape { get; } = shape;

    public float[] Values { get; } = values;

    /// <summary>As long as <see cref="Values"/> in training; empty where nobody asks for gradients.</summary>
    public float[] Gradient { get; init; } = [];

    public Span<float> Batch(int examples) => Values.AsSpan(0, examples * Shape.Size);

    public Span<float> BatchGradient(int examples) => Gradient.AsSpan(0, examples * Shape.Size);

    /// <summary>The same values seen in another shape; the sizes of the batches agree.</summary>
    public Tensor Reshaped(Shape other) => new(other, Values) { Gradient = Gradient };
}
