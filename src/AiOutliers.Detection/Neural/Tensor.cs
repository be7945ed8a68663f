namespace AiOutliers.Detection.Neural;

/// <summary>A batch of values, row-major, example after example, with room for the gradient of the loss by each of them.</summary>
/// <param name="shape">One example's shape.</param>
/// <param name="values">Room for the largest batch.</param>
/// <param name="start">Where the first example starts: a part of a batch is a view of the whole one.</param>
public sealed class Tensor(Shape shape, float[] values, int start = 0)
{
    public Shape Shape { get; } = shape;

    /// <summary>As long as the values in training; empty where nobody asks for gradients.</summary>
    public float[] Gradient { get; init; } = [];

    /// <param name="shape">One example's shape.</param>
    /// <param name="examples">The largest batch.</param>
    /// <param name="gradients">Whether a backward pass will follow.</param>
    public static Tensor Allocate(Shape shape, int examples, bool gradients) =>
        new(shape, new float[examples * shape.Size]) { Gradient = gradients ? new float[examples * shape.Size] : [] };

    public Span<float> Batch(int examples) => values.AsSpan(start, examples * Shape.Size);

    public Span<float> BatchGradient(int examples) => Gradient.AsSpan(start, examples * Shape.Size);

    /// <summary>The same values seen in another shape; the sizes of the batches agree.</summary>
    public Tensor Reshaped(Shape other) => new(other, values, start) { Gradient = Gradient };

    /// <summary>The same values from a later example on.</summary>
    public Tensor From(int example) => new(Shape, values, start + example * Shape.Size) { Gradient = Gradient };
}
