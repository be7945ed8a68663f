namespace AiOutliers.Detection.Neural.Layers;

/// <summary>A recurrent layer in both directions of time (Schuster, Paliwal 1997); sequences are joined step by step.</summary>
public sealed class BidirectionalLayer(string name, RecurrentLayer forward, RecurrentLayer backward, MergeMode merge = MergeMode.Concat) : Layer(name)
{
    public override string Kind => "Bidirectional";

    public override IReadOnlyList<(string Name, Layer Layer)> Children => [("forward_layer", forward), ("backward_layer", backward)];

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        if (forward.GoBackwards || !backward.GoBackwards || forward.ReturnSequences != backward.ReturnSequences || forward.Units != backward.Units)
            throw Wrong("holds layers that are not each other's mirror");
        var shape = forward.Build(inputs);
        backward.Build(inputs);
        return merge == MergeMode.Concat ? shape.WithLast(2 * shape.Last) : shape;
    }

    internal override void Prepare(LayerPass pass)
    {
        var examples = pass.Output.Values.Length / pass.Output.Shape.Size;
        pass.Inner = [Inner(forward), Inner(backward)];

        LayerPass Inner(RecurrentLayer layer)
        {
            var shape = merge == MergeMode.Concat ? pass.Output.Shape.WithLast(layer.Units) : pass.Output.Shape;
            return new LayerPass
            {
                Inputs = pass.Inputs,
                Output = new(shape, new float[examples * shape.Size]) { Gradient = pass.Output.Gradient.Length > 0 ? new float[examples * shape.Size] : [] },
                Cache = new float[examples * layer.CachePerExample],
            };
        }
    }

    public override void Forward(LayerPass pass)
    {
        foreach (var inner in pass.Inner)
            inner.Batch = pass.Batch;
        forward.Forward(pass.Inner[0]);
        backward.Forward(pass.Inner[1]);
        ReadOnlySpan<float> first = pass.Inner[0].Result, second = pass.Inner[1].Result;
        var units = forward.Units;
        var steps = forward.ReturnSequences ? pass.Output.Shape[0] : 1;
        var width = pass.Output.Shape.Last;
        for (var row = 0; row < pass.Batch * steps; row++)
        {
            // The backward layer's sequence comes from the last step to the first.
            var mirror = row - row % steps + (steps - 1 - row % steps);
            Join(first.Slice(row * units, units), second.Slice(mirror * units, units), pass.Result.Slice(row * width, width));
        }
    }

    private void Join(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result)
    {
        if (merge == MergeMode.Concat)
        {
            first.CopyTo(result);
            second.CopyTo(result[first.Length..]);
            return;
        }
        for (var i = 0; i < first.Length; i++)
        {
            result[i] = merge switch
            {
                MergeMode.Sum => first[i] + second[i],
                MergeMode.Mul => first[i] * second[i],
                _ => (first[i] + second[i]) / 2,
            };
        }
    }
}
