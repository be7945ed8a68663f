using System.Numerics.Tensors;
using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// Convolution over time: y[t] = f(Σₖ x[t·stride + k·dilation − before]·K[k] + b). The steps that a kernel covers are laid side by
/// side (the cache: batch, steps out, size·features), so that one product does it all.
/// </summary>
public sealed class Conv1DLayer(
    string name, int filters, int size, ConvolutionPadding padding = ConvolutionPadding.Valid, int stride = 1, int dilation = 1,
    ActivationFunction activation = ActivationFunction.Linear, bool useBias = true) : Layer(name)
{
    private int _patchesPerExample;

    public override string Kind => "Conv1D";

    public ActivationFunction Activation => activation;

    public ConvolutionPadding Padding => padding;

    public int Stride => stride;

    public int Dilation => dilation;

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Sequence(inputs);
        var reach = (size - 1) * dilation + 1;
        var steps = padding == ConvolutionPadding.Valid ? (input[0] - reach + stride) / stride : (input[0] + stride - 1) / stride;
        if (padding == ConvolutionPadding.Valid && input[0] < reach)
            throw Wrong($"needs {reach} steps, not {input[0]}");
        var kernel = new Parameter("kernel", new(size, input.Last, filters));
        Parameters = useBias ? [kernel, new Parameter("bias", new(filters))] : [kernel];
        _patchesPerExample = steps * size * input.Last;
        CachePerExample = _patchesPerExample + (ActivationGradients.KeepsSlope(activation) ? steps * filters : 0);
        return new(steps, filters);
    }

    /// <summary>The transposed kernel, and the gradient by the patches.</summary>
    public override int BackwardScratch(int examples) => Parameters[0].Shape.Size + examples * _patchesPerExample;

    public override void Forward(LayerPass pass)
    {
        var input = pass.Inputs[0].Shape;
        var width = size * input.Last;
        var rows = pass.Batch * pass.Output.Shape[0];
        var patches = pass.Cache.AsSpan(0, rows * width);
        Unfold(pass, input[0], input.Last, patches);
        MatMul.Affine(
            patches, width, Parameters[0].Values, useBias ? Parameters[1].Values : [], pass.Result, filters, rows, width, filters);
        if (pass.Training)
            ActivationGradients.ApplyKeepingSlope(activation, pass.Result, filters, pass.Cache.AsSpan(patches.Length));
        else
            Activations.Apply(activation, pass.Result, filters);
    }

    public override void Backward(LayerPass pass)
    {
        var input = pass.Inputs[0].Shape;
        var width = size * input.Last;
        var rows = pass.Batch * pass.Output.Shape[0];
        var patches = pass.Cache.AsSpan(0, rows * width);
        var gradient = pass.ResultGradient;
        ActivationGradients.Multiply(activation, pass.Result, filters, pass.Cache.AsSpan(patches.Length), gradient);
        MatMul.AccumulateTransposed(patches, gradient, pass.Gradients[0], width, rows, filters);
        if (useBias)
            ColumnSums.Add(gradient, pass.Gradients[1]);
        var transposed = pass.Scratch.AsSpan(0, width * filters);
        var patchGradient = pass.Scratch.AsSpan(width * filters, rows * width);
        MatMul.Transpose(Parameters[0].Values, width, filters, transposed);
        MatMul.Affine(gradient, filters, transposed, [], patchGradient, width, rows, filters, width);
        Fold(pass, input[0], input.Last, patchGradient);
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
                {
                    pass.Input.Slice((row / stepsOut * stepsIn + step) * features, features)
                        .CopyTo(patches[((row * size + k) * features)..]);
                }
            }
        }
    }

    /// <summary>Adds the patches' gradients where their values came from.</summary>
    private void Fold(LayerPass pass, int stepsIn, int features, ReadOnlySpan<float> patches)
    {
        var stepsOut = pass.Output.Shape[0];
        var before = Before(stepsIn, stepsOut);
        for (var row = 0; row < pass.Batch * stepsOut; row++)
        {
            for (var k = 0; k < size; k++)
            {
                var step = row % stepsOut * stride + k * dilation - before;
                if (step < 0 || stepsIn <= step)
                    continue;
                var target = pass.InputGradient.Slice((row / stepsOut * stepsIn + step) * features, features);
                TensorPrimitives.Add(target, patches.Slice((row * size + k) * features, features), target);
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
