using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>Options that several kinds of layers have.</summary>
internal static class LayerOptions
{
    public static ActivationFunction Activation(Layer layer) => layer switch
    {
        ActivationLayer activation => activation.Activation,
        Conv1DLayer convolution => convolution.Activation,
        DenseLayer dense => dense.Activation,
        GruLayer gru => gru.Activation,
        LstmLayer lstm => lstm.Activation,
        _ => throw new ArgumentException($"{layer.Kind} has no activation", nameof(layer)),
    };

    public static ActivationFunction RecurrentActivation(RecurrentLayer layer) => layer switch
    {
        GruLayer gru => gru.RecurrentActivation,
        LstmLayer lstm => lstm.RecurrentActivation,
        _ => throw new ArgumentException($"{layer.Kind} has no recurrent activation", nameof(layer)),
    };

    /// <summary>The penalty on a layer's output ("activity") or on one of its parameters, under the first word of Keras' option.</summary>
    public static Regularizer Regularizer(Layer layer, string option) => option == "activity"
        ? layer.ActivityRegularizer
        : layer.Regularizers.GetValueOrDefault(option == "recurrent" ? "recurrent_kernel" : option);
}
