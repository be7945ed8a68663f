namespace AiOutliers.Detection.Neural;

/// <summary>Weights of a layer: what training moves, and what a model file holds.</summary>
/// <param name="name">As Keras names it: kernel, bias, gamma, …</param>
/// <param name="shape">As Keras shapes it.</param>
/// <param name="trainable">False for statistics that training collects without a gradient.</param>
public sealed class Parameter(string name, Shape shape, bool trainable = true)
{
    public string Name { get; } = name;

    public Shape Shape { get; } = shape;

    public bool Trainable { get; } = trainable;

    public float[] Values { get; } = new float[shape.Size];
}
