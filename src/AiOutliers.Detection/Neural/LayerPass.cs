using System.Numerics.Tensors;

namespace AiOutliers.Detection.Neural;

/// <summary>
/// The data of one layer in one pass through the network. The layer itself holds only weights, so many passes can run at once. A backward
/// pass can follow when the output has room for a gradient.
/// </summary>
public sealed class LayerPass
{
    /// <param name="layer">A layer that is built.</param>
    /// <param name="inputs">What comes in.</param>
    /// <param name="output">What goes out.</param>
    /// <param name="capacity">The largest batch.</param>
    internal LayerPass(Layer layer, Tensor[] inputs, Tensor output, int capacity)
    {
        (Inputs, Output, Capacity) = (inputs, output, capacity);
        Cache = new float[capacity * layer.CachePerExample];
        if (output.Gradient.Length > 0)
        {
            Gradients = [.. layer.Parameters.Select(static parameter => parameter.Trainable ? new float[parameter.Values.Length] : [])];
            Scratch = new float[layer.BackwardScratch(capacity)];
        }
        layer.Prepare(this);
    }

    public Tensor[] Inputs { get; }

    public Tensor Output { get; }

    /// <summary>The largest batch.</summary>
    public int Capacity { get; }

    /// <summary>
    /// What the forward pass leaves for the backward pass, and its scratch space: <see cref="Layer.CachePerExample"/> values per example.
    /// </summary>
    public float[] Cache { get; }

    /// <summary>Scratch space of the backward pass; empty where none follows.</summary>
    public float[] Scratch { get; } = [];

    /// <summary>
    /// The gradients of the loss by the layer's parameters, in their order, summed over this pass' examples; empty for statistics.
    /// </summary>
    public float[][] Gradients { get; } = [];

    /// <summary>The passes of the layers that a wrapper holds, in the order of <see cref="Layer.Children"/>.</summary>
    public LayerPass[] Inner { get; set; } = [];

    /// <summary>Examples in this batch.</summary>
    public int Batch { get; private set; }

    /// <summary>Whether this is a training step: statistics of the batch, dropout and noise.</summary>
    public bool Training { get; private set; }

    /// <summary>What random numbers of this pass start from; another one in each step, layer and part of the batch.</summary>
    public ulong RandomKey { get; private set; }

    public ReadOnlySpan<float> Input => Inputs[0].Batch(Batch);

    public Span<float> Result => Output.Batch(Batch);

    /// <summary>The gradient by the first input, to which the backward pass adds.</summary>
    public Span<float> InputGradient => Inputs[0].BatchGradient(Batch);

    /// <summary>The gradient by the output. The backward pass may overwrite it.</summary>
    public Span<float> ResultGradient => Output.BatchGradient(Batch);

    /// <summary>Starts a prediction.</summary>
    public void Predict(int batch) => (Batch, Training) = (batch, false);

    /// <summary>Starts a training step: the gradients by the output and the parameters are zero again.</summary>
    public void Train(int batch, ulong randomKey)
    {
        (Batch, Training, RandomKey) = (batch, true, randomKey);
        ResultGradient.Clear();
        foreach (var gradient in Gradients)
            gradient.AsSpan().Clear();
    }

    /// <summary>Where values go through unchanged: the gradient by the output is added to that by the first input.</summary>
    public void PassGradientOn() => TensorPrimitives.Add(InputGradient, ResultGradient, InputGradient);

    /// <summary>Starts the pass of a layer inside a wrapper like the wrapper's.</summary>
    public void Follow(LayerPass wrapper, int batch)
    {
        if (wrapper.Training)
            Train(batch, RandomStream.Key(wrapper.RandomKey, (ulong)Array.IndexOf(wrapper.Inner, this) + 1));
        else
            Predict(batch);
    }
}
