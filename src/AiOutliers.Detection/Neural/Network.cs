namespace AiOutliers.Detection.Neural;

/// <summary>
/// A graph of layers with one input and one output. Predictions run in blocks of <see cref="BlockSize"/> examples, so that everything in
/// between stays in the processor's cache and memory is bounded, whatever the number of examples. Many threads may predict at once.
/// </summary>
public sealed class Network
{
    /// <summary>Measured: larger blocks leave the second-level cache, smaller ones leave vectors half empty.</summary>
    internal const int BlockSize = 16;

    private readonly Stack<Workspace> _idle = new();
    private readonly Lock _lock = new();

    internal Network(Shape input, IReadOnlyList<NetworkNode> nodes, int output)
    {
        (Input, Nodes, OutputNode) = (input, nodes, output);
    }

    /// <summary>The shape of one example that comes in.</summary>
    public Shape Input { get; }

    /// <summary>The shape of one example that goes out.</summary>
    public Shape Output => Nodes[OutputNode].Output;

    /// <summary>The layers, each after those that feed it.</summary>
    public IReadOnlyList<NetworkNode> Nodes { get; }

    /// <summary>The index of the layer whose output is the network's.</summary>
    public int OutputNode { get; }

    /// <param name="examples">(n, input shape), row-major.</param>
    /// <param name="result">(n, output shape), row-major; overwritten.</param>
    public void Predict(ReadOnlySpan<float> examples, Span<float> result)
    {
        var count = examples.Length / Input.Size;
        if (examples.Length != count * Input.Size || result.Length != count * Output.Size)
        {
            throw new ArgumentException(
                $"{examples.Length} values in and {result.Length} out are not a whole number of examples {Input} and {Output}");
        }
        var workspace = Take();
        for (var start = 0; start < count; start += BlockSize)
        {
            var block = Math.Min(BlockSize, count - start);
            workspace.Forward(examples.Slice(start * Input.Size, block * Input.Size), block).CopyTo(result[(start * Output.Size)..]);
        }
        lock (_lock)
            _idle.Push(workspace);
    }

    private Workspace Take()
    {
        lock (_lock)
        {
            if (_idle.TryPop(out var workspace))
                return workspace;
        }
        return new(this, BlockSize);
    }
}
