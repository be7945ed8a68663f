namespace AiOutliers.Detection.Neural;

/// <summary>Puts layers together, each after those that feed it.</summary>
/// <param name="input">The shape of one example that comes in.</param>
public sealed class NetworkBuilder(Shape input)
{
    /// <summary>The index that stands for the network's input.</summary>
    public const int Input = -1;

    private readonly List<NetworkNode> _nodes = [];

    /// <summary>Adds a layer and gives the index by which later ones name it.</summary>
    /// <exception cref="AiOutliersException">The layer cannot take these inputs.</exception>
    public int Add(Layer layer, params IReadOnlyList<int> inputs)
    {
        var shapes = inputs.Select(index => index == Input ? input : _nodes[index].Output).ToArray();
        _nodes.Add(new(layer, inputs, layer.Build(shapes)));
        return _nodes.Count - 1;
    }

    /// <summary>The network whose output is that of the layer added last.</summary>
    public Network Build() => Build(_nodes.Count - 1);

    /// <param name="output">The index of the layer whose output is the network's.</param>
    public Network Build(int output) => new(input, [.. _nodes], output);
}
