namespace AiOutliers.Detection.Neural;

/// <summary>The memory of one pass through a network: every layer's output, cache and, in training, gradient.</summary>
internal sealed class Workspace
{
    private readonly Network _network;
    private readonly Tensor _input;
    private readonly LayerPass[] _passes;

    /// <param name="network">The network.</param>
    /// <param name="capacity">The largest batch.</param>
    /// <param name="gradients">Whether a backward pass will follow.</param>
    public Workspace(Network network, int capacity, bool gradients)
    {
        _network = network;
        _input = NewTensor(network.Input);
        _passes = new LayerPass[network.Nodes.Count];
        for (var i = 0; i < _passes.Length; i++)
        {
            var node = network.Nodes[i];
            _passes[i] = new LayerPass
            {
                Inputs = [.. node.Inputs.Select(index => index == NetworkBuilder.Input ? _input : _passes[index].Output)],
                Output = NewTensor(node.Output),
                Cache = new float[capacity * node.Layer.CachePerExample],
            };
            node.Layer.Prepare(_passes[i]);
        }

        Tensor NewTensor(Shape shape) => new(shape, new float[capacity * shape.Size]) { Gradient = gradients ? new float[capacity * shape.Size] : [] };
    }

    /// <summary>Runs all layers; the result is valid until the next pass.</summary>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> examples, int batch)
    {
        examples.CopyTo(_input.Values);
        for (var i = 0; i < _passes.Length; i++)
        {
            _passes[i].Batch = batch;
            _network.Nodes[i].Layer.Forward(_passes[i]);
        }
        return _passes[_network.OutputNode].Result;
    }
}
