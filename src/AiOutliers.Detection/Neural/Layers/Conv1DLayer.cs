using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// Convolution over time: y[t] = f(Σₖ x[t·stride + k·dilation − before]·K[k] + b). The steps that a kernel covers are laid side by side
/// (the cache: batch, steps out, size·features), so that one product does it all.
/// </summary>
public sealed class Conv1DLayer(
    string name, int filters, int size, ConvolutionPadding padding = ConvolutionPadding.Valid, int stride = 1, int dilation = 1,
    ActivationFunction activation = ActivationFunction.Linear, bool useBias = true) : Layer(name)
{
    public override string Kind => "Conv1D";

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Sequence(inputs);
        var reach = (size - 1) * dilation + 1;
        var steps = padding == ConvolutionPadding.Valid ? (input[0] - reach + stride) / stride : (input[0] + stride - 1) / stride;
        if (padding == ConvolutionPadding.Valid && input[0] < reach)
            throw Wrong($"needs {reach} steps, not {input[0]}");
        var kernel = new Parameter("kernel", new(size, input.Last, filters));
        Parameters = useBias ? [kernel, new Parameter("bias", new(filters))] : [kernel];
        CachePerExample = steps * size * input.Last;
        return new(steps, filters);
    }

    public override void Forward(LayerPass pass)
    {
        var input = pass.Inputs[0].Shape;
        var width = size * input.Last;
        var rows = pass.Batch * pass.Output.Shape[0];
        var patches = pass.Cache.AsSpan(0, rows * width);
        Unfold(pass, input[0], input.Last, patches);
        MatMul.Affine(patches, width, Parameters[0].Values, useBias ? Parameters[1].Values : [], pass.Result, filters, rows, width, filters);
        Activations.Apply(activation, pass.Result, filters);
    }

    private void Unfold(LayerPass pass, int stepsIn, int features, Span<float> patches)
    {
        var stepsOut = pass.Output.Shape[0];
        var before = Before(stepsIn, stepsOut);
        patches.Clear();
        for (var row = 0; row < pass.Batch * stepsOut; row++)
        {
            for (var k = 0; k < size; k++)
            {
                var step = row % stepsOut * stride + k * dilation - before;
                if (0 <= step && step < stepsIn)
                    pass.Input.Slice((row / stepsOut * stepsIn + step) * features, features).CopyTo(patches[((row * size + k) * features)..]);
            }
        }
    }

    /// <summary>Zeros before the first step; with Same padding the odd one is after the last.</summary>
    private int Before(int stepsIn, int stepsOut) => padding switch
    {
        ConvolutionPadding.Causal => (size - 1) * dilation,
        ConvolutionPadding.Same => Math.Max(0, (stepsOut - 1) * stride + (size - 1) * dilation + 1 - stepsIn) / 2,
        _ => 0,
    };
}
