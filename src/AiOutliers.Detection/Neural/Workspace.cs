namespace AiOutliers.Detection.Neural;

/// <summary>The memory of predictions: every layer's output and cache.</summary>
internal sealed class Workspace
{
    private readonly Network _network;
    private readonly Tensor _input;
    private readonly LayerPass[] _passes;

    /// <param name="network">The network.</param>
    /// <param name="capacity">The largest batch.</param>
    public Workspace(Network network, int capacity)
    {
        _network = network;
        _input = Tensor.Allocate(network.Input, capacity, gradients: false);
        _passes = new LayerPass[network.Nodes.Count];
        for (var i = 0; i < _passes.Length; i++)
        {
            var node = network.Nodes[i];
            Tensor[] inputs = [.. node.Inputs.Select(index => index == NetworkBuilder.Input ? _input : _passes[index].Output)];
            _passes[i] = new LayerPass(node.Layer, inputs, Tensor.Allocate(node.Output, capacity, gradients: false), capacity);
        }
    }

    /// <summary>Runs all layers; the result is valid until the next pass.</summary>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> examples, int batch)
    {
        examples.CopyTo(_input.Batch(batch));
        for (var i = 0; i < _passes.Length; i++)
        {
            _passes[i].Predict(batch);
            _network.Nodes[i].Layer.Forward(_passes[i]);
        }
        return _passes[_network.OutputNode].Result;
    }
}
