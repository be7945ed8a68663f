using System.Collections.ObjectModel;

namespace AiOutliers.Detection.Neural;

/// <summary>
/// One layer: weights and how to compute with them. A layer is built once for its input shapes; after that passes do not change it, only
/// training does, between passes. All arithmetic is in single precision, as in Keras: the weights hold no more.
/// </summary>
public abstract class Layer(string name)
{
    public string Name { get; } = name;

    /// <summary>Keras' name of the class.</summary>
    public abstract string Kind { get; }

    /// <summary>In the order in which Keras stores them; empty before <see cref="Build"/> and for layers without weights.</summary>
    public IReadOnlyList<Parameter> Parameters { get; protected set; } = [];

    /// <summary>The layers that a wrapper holds, under the names by which Keras stores them.</summary>
    public virtual IReadOnlyList<(string Name, Layer Layer)> Children => [];

    /// <summary>False freezes the layer: training leaves its weights and statistics as they are.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>Training adds this of the layer's output to the loss, divided by the number of examples in the batch.</summary>
    public Regularizer ActivityRegularizer { get; set; }

    /// <summary>Training adds these of the parameters, by their names, to the loss.</summary>
    public IReadOnlyDictionary<string, Regularizer> Regularizers { get; set; } = ReadOnlyDictionary<string, Regularizer>.Empty;

    /// <summary>Whether, in training, an example's result depends on the others of its batch, which must then come in one pass.</summary>
    public virtual bool CouplesExamples => false;

    /// <summary>Values kept per example between the forward and the backward pass.</summary>
    public int CachePerExample { get; protected set; }

    /// <summary>Checks the shapes that come in, makes the parameters, and returns the shape that goes out.</summary>
    /// <exception cref="AiOutliersException">The layer cannot take these inputs.</exception>
    public abstract Shape Build(IReadOnlyList<Shape> inputs);

    /// <summary>Fills the output from the inputs.</summary>
    public abstract void Forward(LayerPass pass);

    /// <summary>
    /// After a forward pass in training: from the gradient by the output to those by the inputs and the parameters, which are added to what
    /// is there.
    /// </summary>
    public abstract void Backward(LayerPass pass);

    /// <summary>Values that the backward pass needs as scratch space for so many examples.</summary>
    public virtual int BackwardScratch(int examples) => 0;

    /// <summary>After a training step: moves statistics that have no gradient.</summary>
    public virtual void UpdateStatistics(LayerPass pass)
    {
    }

    /// <summary>Wrappers make the passes of what they hold; called once for each new pass.</summary>
    internal virtual void Prepare(LayerPass pass)
    {
    }

    /// <summary>The shape of the only input.</summary>
    protected Shape Single(IReadOnlyList<Shape> inputs) =>
        inputs.Count == 1 ? inputs[0] : throw Wrong($"takes one input, not {inputs.Count}");

    /// <summary>The only input, which must be a sequence: (steps, features).</summary>
    protected Shape Sequence(IReadOnlyList<Shape> inputs) =>
        Single(inputs) is { Rank: 2 } shape ? shape : throw Wrong($"takes a sequence (steps, features), not {inputs[0]}");

    /// <summary>Normalisation works on the last axis; Keras writes it as −1 or counts the batch as axis 0.</summary>
    protected void CheckLastAxis(int axis, Shape input)
    {
        if (axis != -1 && axis != input.Rank)
            throw Wrong($"works on axis {axis}; only the last one ({input.Rank} or -1) is supported");
    }

    protected AiOutliersException Wrong(string what) => new(ErrorKind.UnusableModel, $"the layer '{Name}' ({Kind}) {what}");
}
