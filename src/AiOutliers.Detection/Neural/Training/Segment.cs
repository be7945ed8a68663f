namespace AiOutliers.Detection.Neural.Training;

/// <summary>
/// Consecutive layers of a network, run for one part of the batch at a time. Parts have a fixed size, whatever the number of threads, and
/// what they sum is added up in their order: the same numbers on one core and on many. A layer that couples the examples is a segment of
/// its own with one part.
/// </summary>
internal sealed class Segment
{
    private readonly int _firstNode;
    private readonly int _partSize;
    private readonly Layer[] _layers;
    private readonly LayerPass[][] _passes;
    private readonly double[] _penalties;
    private readonly ParallelPhase _forward;
    private readonly ParallelPhase _backward;
    private int _batch;
    private bool _training;
    private ulong _randomKey;

    /// <param name="nodes">All nodes of the network.</param>
    /// <param name="range">Which of them.</param>
    /// <param name="tensor">The tensor of a node's index, for the whole batch.</param>
    /// <param name="capacity">The largest batch.</param>
    /// <param name="partSize">Examples of one part.</param>
    /// <param name="threads">At most so many run at once.</param>
    public Segment(IReadOnlyList<NetworkNode> nodes, Range range, Func<int, Tensor> tensor, int capacity, int partSize, int threads)
    {
        (_firstNode, var count) = range.GetOffsetAndLength(nodes.Count);
        _partSize = partSize;
        _layers = [.. nodes.Skip(_firstNode).Take(count).Select(static node => node.Layer)];
        _passes = new LayerPass[(capacity + partSize - 1) / partSize][];
        _penalties = new double[_passes.Length];
        for (var part = 0; part < _passes.Length; part++)
        {
            var start = part * partSize;
            _passes[part] = [.. Enumerable.Range(_firstNode, count).Select(index => new LayerPass(
                nodes[index].Layer, [.. nodes[index].Inputs.Select(input => tensor(input).From(start))],
                tensor(index).From(start), Math.Min(partSize, capacity - start)))];
        }
        (_forward, _backward) = (new(Forward, threads), new(Backward, threads));
    }

    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The parts that the last batch had.</summary>
    public int Parts => (_batch + _partSize - 1) / _partSize;

    /// <summary>A layer's passes, one for each part.</summary>
    public IEnumerable<LayerPass> Passes(int layer) => _passes.Select(passes => passes[layer]);

    public void Forward(int batch, bool training, ulong randomKey)
    {
        (_batch, _training, _randomKey) = (batch, training, randomKey);
        _forward.Run(Parts);
    }

    /// <returns>The penalties on activity, added to the loss.</returns>
    public double Backward()
    {
        _backward.Run(Parts);
        var penalty = 0.0;
        foreach (var part in _penalties.AsSpan(0, Parts))
            penalty += part;
        return penalty;
    }

    public void UpdateStatistics()
    {
        for (var layer = 0; layer < _layers.Length; layer++)
            _layers[layer].UpdateStatistics(_passes[0][layer]);
    }

    private void Forward(int part)
    {
        var examples = Math.Min(_partSize, _batch - part * _partSize);
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            var pass = _passes[part][layer];
            if (_training)
                pass.Train(examples, RandomStream.Key(_randomKey, (ulong)(_firstNode + layer) << 32 | (uint)part));
            else
                pass.Predict(examples);
            _layers[layer].Forward(pass);
        }
    }

    private void Backward(int part)
    {
        var penalty = 0.0;
        for (var layer = _layers.Length - 1; layer >= 0; layer--)
        {
            var pass = _passes[part][layer];
            var regularizer = _layers[layer].ActivityRegularizer;
            if (!regularizer.IsNone)
            {
                penalty += regularizer.Penalty(pass.Result) / _batch;
                regularizer.AddGradient(pass.Result, 1f / _batch, pass.ResultGradient);
            }
            _layers[layer].Backward(pass);
        }
        _penalties[part] = penalty;
    }
}
