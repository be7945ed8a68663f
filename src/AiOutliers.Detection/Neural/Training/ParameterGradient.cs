using System.Numerics.Tensors;

namespace AiOutliers.Detection.Neural.Training;

/// <summary>The gradient of the loss by a parameter: the sum of what the parts of a batch found.</summary>
/// <param name="parameter">The parameter, trainable.</param>
/// <param name="regularizer">What training adds to the loss for it.</param>
/// <param name="segment">Where its layer is.</param>
/// <param name="parts">One array per part, filled by the backward pass.</param>
internal sealed class ParameterGradient(Parameter parameter, Regularizer regularizer, Segment segment, float[][] parts)
{
    public Parameter Parameter => parameter;

    public float[] Values { get; } = new float[parameter.Values.Length];

    /// <summary>Sums the parts in their order and adds the regulariser's gradient.</summary>
    /// <returns>The regulariser's penalty.</returns>
    public double Collect()
    {
        parts[0].CopyTo(Values, 0);
        foreach (var part in parts.AsSpan(1, segment.Parts - 1))
            TensorPrimitives.Add(Values, part, Values);
        if (regularizer.IsNone)
            return 0;
        regularizer.AddGradient(parameter.Values, 1, Values);
        return regularizer.Penalty(parameter.Values);
    }

    /// <summary>The trainable parameters of a layer and of what it holds, in Keras' order; none of a frozen layer.</summary>
    public static IEnumerable<ParameterGradient> Of(Segment segment, Layer layer, LayerPass[] passes)
    {
        if (!layer.Trainable)
            yield break;
        for (var p = 0; p < layer.Parameters.Count; p++)
        {
            if (layer.Parameters[p].Trainable)
            {
                yield return new(
                    layer.Parameters[p], layer.Regularizers.GetValueOrDefault(layer.Parameters[p].Name),
                    segment, [.. passes.Select(pass => pass.Gradients[p])]);
            }
        }
        for (var child = 0; child < layer.Children.Count; child++)
        {
            foreach (var gradient in Of(segment, layer.Children[child].Layer, [.. passes.Select(pass => pass.Inner[child])]))
                yield return gradient;
        }
    }
}
