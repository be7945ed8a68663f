using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Training;

/// <summary>
/// The loss of a batch and its gradient by every trainable parameter. All memory is allocated once; the sums are made in one order,
/// whatever the number of threads.
/// </summary>
internal sealed class GradientPass
{
    /// <summary>Examples of one part: two tiles of rows in the matrix product, and a batch of 32 keeps four cores busy.</summary>
    private const int PartSize = 8;

    private readonly Network _network;
    private readonly LossFunction _loss;
    private readonly Tensor _input;
    private readonly Tensor _output;
    private readonly List<Segment> _segments = [];

    /// <param name="network">The network; nobody else may use it during a training step.</param>
    /// <param name="capacity">The largest batch.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="threads">At most so many run at once.</param>
    public GradientPass(Network network, int capacity, LossFunction loss, int threads)
    {
        (_network, _loss, Capacity) = (network, loss, capacity);
        _input = Tensor.Allocate(network.Input, capacity, gradients: true);
        var nodes = network.Nodes;
        Tensor[] tensors = [.. nodes.Select(node => Tensor.Allocate(node.Output, capacity, gradients: true))];
        _output = tensors[network.OutputNode];
        for (var start = 0; start < nodes.Count;)
        {
            var end = start + 1;
            var coupled = nodes[start].Layer.CouplesExamples;
            while (!coupled && end < nodes.Count && !nodes[end].Layer.CouplesExamples)
                end++;
            _segments.Add(new(
                nodes, start..end, index => index == NetworkBuilder.Input ? _input : tensors[index],
                capacity, coupled ? capacity : PartSize, threads));
            start = end;
        }
        Gradients = [.. _segments.SelectMany(static segment =>
            segment.Layers.SelectMany((layer, index) => ParameterGradient.Of(segment, layer, [.. segment.Passes(index)])))];
    }

    /// <summary>The largest batch.</summary>
    public int Capacity { get; }

    /// <summary>In Keras' order of the parameters; valid until the next batch. An array, over which loops make no garbage.</summary>
    public ParameterGradient[] Gradients { get; }

    /// <summary>Where the next batch's examples go.</summary>
    public Span<float> Examples(int batch) => _input.Batch(batch);

    /// <summary>Forth and back through the network for the examples that were put in.</summary>
    /// <param name="targets">What should come out.</param>
    /// <param name="batch">How many examples.</param>
    /// <param name="randomKey">Another one in each step.</param>
    /// <returns>The mean loss with all penalties.</returns>
    public double Train(ReadOnlySpan<float> targets, int batch, ulong randomKey)
    {
        _input.BatchGradient(batch).Clear();
        foreach (var segment in _segments)
            segment.Forward(batch, training: true, randomKey);
        var output = _output.Batch(batch);
        var loss = Losses.Sum(_loss, output, targets, _network.Output.Size) / output.Length;
        Losses.AddGradient(_loss, output, targets, 1f / output.Length, _output.BatchGradient(batch));
        for (var segment = _segments.Count - 1; segment >= 0; segment--)
            loss += _segments[segment].Backward();
        foreach (var gradient in Gradients)
            loss += gradient.Collect();
        return loss;
    }

    /// <summary>The sum of the losses of the examples that were put in, without penalties, as a prediction.</summary>
    public double Evaluate(ReadOnlySpan<float> targets, int batch)
    {
        foreach (var segment in _segments)
            segment.Forward(batch, training: false, randomKey: 0);
        return Losses.Sum(_loss, _output.Batch(batch), targets, _network.Output.Size);
    }

    /// <summary>After a training step: moves the statistics that have no gradient.</summary>
    public void UpdateStatistics()
    {
        foreach (var segment in _segments)
            segment.UpdateStatistics();
    }
}
