namespace AiOutliers.Detection.Neural.Layers;

/// <summary>A recurrent layer in both directions of time (Schuster, Paliwal 1997); sequences are joined step by step.</summary>
public sealed class BidirectionalLayer(
    string name, RecurrentLayer forward, RecurrentLayer backward, MergeMode merge = MergeMode.Concat) : Layer(name)
{
    public override string Kind => "Bidirectional";

    public MergeMode Merge => merge;

    public override IReadOnlyList<(string Name, Layer Layer)> Children => [("forward_layer", forward), ("backward_layer", backward)];

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        if (forward.GoBackwards || !backward.GoBackwards
            || forward.ReturnSequences != backward.ReturnSequences || forward.Units != backward.Units)
        {
            throw Wrong("holds layers that are not each other's mirror");
        }
        var shape = forward.Build(inputs);
        backward.Build(inputs);
        return merge == MergeMode.Concat ? shape.WithLast(2 * shape.Last) : shape;
    }

    internal override void Prepare(LayerPass pass)
    {
        pass.Inner = [Inner(forward), Inner(backward)];

        LayerPass Inner(RecurrentLayer layer)
        {
            var shape = merge == MergeMode.Concat ? pass.Output.Shape.WithLast(layer.Units) : pass.Output.Shape;
            return new LayerPass(layer, pass.Inputs, Tensor.Allocate(shape, pass.Capacity, pass.Output.Gradient.Length > 0), pass.Capacity);
        }
    }

    public override void Forward(LayerPass pass)
    {
        foreach (var inner in pass.Inner)
            inner.Follow(pass, pass.Batch);
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

    public override void Backward(LayerPass pass)
    {
        ReadOnlySpan<float> first = pass.Inner[0].Result, second = pass.Inner[1].Result;
        Span<float> firstGradient = pass.Inner[0].ResultGradient, secondGradient = pass.Inner[1].ResultGradient;
        var units = forward.Units;
        var steps = forward.ReturnSequences ? pass.Output.Shape[0] : 1;
        var width = pass.Output.Shape.Last;
        for (var row = 0; row < pass.Batch * steps; row++)
        {
            var mirror = row - row % steps + (steps - 1 - row % steps);
            Part(pass.ResultGradient.Slice(row * width, width), first.Slice(row * units, units), second.Slice(mirror * units, units),
                firstGradient.Slice(row * units, units), secondGradient.Slice(mirror * units, units));
        }
        forward.Backward(pass.Inner[0]);
        backward.Backward(pass.Inner[1]);
    }

    /// <summary>What <see cref="Join"/> joined, for the gradients.</summary>
    private void Part(
        ReadOnlySpan<float> gradient, ReadOnlySpan<float> first,
        ReadOnlySpan<float> second, Span<float> firstGradient, Span<float> secondGradient)
    {
        for (var i = 0; i < first.Length; i++)
        {
            (firstGradient[i], secondGradient[i]) = merge switch
            {
                MergeMode.Concat => (gradient[i], gradient[first.Length + i]),
                MergeMode.Sum => (gradient[i], gradient[i]),
                MergeMode.Mul => (gradient[i] * second[i], gradient[i] * first[i]),
                _ => (gradient[i] / 2, gradient[i] / 2),
            };
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
