using System.Runtime.CompilerServices;
using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;

namespace AiOutliers.Keras.Writing;

/// <summary>
/// Options that layers take in their constructor and do not show. A property of the layer would be the better way to each of these; where one
/// appears, its line here goes. The names are those that the compiler gives to captured constructor parameters.
/// </summary>
internal static class LayerOptions
{
    public static ActivationFunction Activation(Layer layer) => layer switch
    {
        ActivationLayer activation => Of(activation),
        Conv1DLayer convolution => Of(convolution),
        DenseLayer dense => dense.Activation,
        GruLayer gru => Of(gru),
        LstmLayer lstm => Of(lstm),
        _ => throw new ArgumentException($"{layer.Kind} has no activation", nameof(layer)),
    };

    public static ActivationFunction RecurrentActivation(RecurrentLayer layer) => layer switch
    {
        GruLayer gru => Recurrent(gru),
        LstmLayer lstm => Recurrent(lstm),
        _ => throw new ArgumentException($"{layer.Kind} has no recurrent activation", nameof(layer)),
    };

    /// <summary>The index of the node whose output is the network's.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_OutputNode")]
    public static extern int OutputNode(Network network);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<axis>P")]
    public static extern ref int Axis(ConcatenateLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<epsilon>P")]
    public static extern ref float Epsilon(BatchNormalizationLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<epsilon>P")]
    public static extern ref float Epsilon(LayerNormalizationLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<merge>P")]
    public static extern ref MergeMode Merge(BidirectionalLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<padding>P")]
    public static extern ref ConvolutionPadding Padding(Conv1DLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<stride>P")]
    public static extern ref int Stride(Conv1DLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<dilation>P")]
    public static extern ref int Dilation(Conv1DLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<resetAfter>P")]
    public static extern ref bool ResetAfter(GruLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<slope>P")]
    public static extern ref float Slope(LeakyReluLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<activation>P")]
    private static extern ref ActivationFunction Of(ActivationLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<activation>P")]
    private static extern ref ActivationFunction Of(Conv1DLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<activation>P")]
    private static extern ref ActivationFunction Of(GruLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<activation>P")]
    private static extern ref ActivationFunction Of(LstmLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<recurrentActivation>P")]
    private static extern ref ActivationFunction Recurrent(GruLayer layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<recurrentActivation>P")]
    private static extern ref ActivationFunction Recurrent(LstmLayer layer);
}
