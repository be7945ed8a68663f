using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;

namespace AiOutliers.Detection.Tests.Neural;

/// <summary>The way back through every layer against differences of its forward pass, on random shapes.</summary>
public sealed class LayerGradientTests
{
    private const double RelativeError = 1e-3;

    /// <summary>Those without a kink, near which differences are not derivatives.</summary>
    private static readonly ActivationFunction[] Smooth =
        [ActivationFunction.Linear, ActivationFunction.Gelu, ActivationFunction.Tanh, ActivationFunction.Sigmoid, ActivationFunction.Softmax];

    private static readonly ActivationFunction[] OfCells = [ActivationFunction.Gelu, ActivationFunction.Tanh];

    public static TheoryData<string> Kinds =>
    [
        .. Enum.GetNames<ActivationFunction>().Select(name => $"Activation {name}"),
        "Add", "BatchNormalization", "BatchNormalization frozen", "BatchNormalization plain", "Bidirectional LSTM", "Bidirectional GRU", "Concatenate", "Concatenate steps",
        "Conv1D", "Dense", "Dropout", "Flatten", "GaussianNoise", "GRU", "GRU reset before", "GRU other", "LSTM", "LSTM other", "LayerNormalization", "LayerNormalization plain",
        "LeakyReLU", "RepeatVector", "Reshape", "TimeDistributed", "TimeDistributed BatchNormalization",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Backward_RandomShapes_AgreesWithDifferences(string kind)
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            var random = new Random(seed);
            var (layer, inputs) = Make(kind, random);
            new GradientCheck(layer, inputs, batch: random.Next(1, 5), random).WorstError().ShouldBeLessThanOrEqualTo(RelativeError, $"{kind}, seed {seed}");
        }
    }

    private static (Layer Layer, Shape[] Inputs) Make(string kind, Random random)
    {
        int steps = random.Next(2, 6), features = random.Next(3, 13), units = random.Next(1, 12);
        var sequence = new Shape(steps, features);
        var (flag, other) = (random.Next(2) == 0, random.Next(2) == 0);
        var smooth = Smooth[random.Next(Smooth.Length)];
        var cell = OfCells[random.Next(OfCells.Length)];
        return kind switch
        {
            "Add" => (new AddLayer("x"), [sequence, sequence, sequence]),
            "BatchNormalization" => (new BatchNormalizationLayer("x"), [new(steps + 4, features)]),
            "BatchNormalization frozen" => (new BatchNormalizationLayer("x") { Trainable = false }, [sequence]),
            "BatchNormalization plain" => (new BatchNormalizationLayer("x", center: flag, scale: !flag), [new(steps + 4, features)]),
            "Bidirectional LSTM" => (new BidirectionalLayer("x", new LstmLayer("f", units, flag), new LstmLayer("b", units, flag, goBackwards: true), Merge(random)), [sequence]),
            "Bidirectional GRU" => (new BidirectionalLayer("x", new GruLayer("f", units, flag), new GruLayer("b", units, flag, goBackwards: true), Merge(random)), [sequence]),
            "Concatenate" => (new ConcatenateLayer("x"), [sequence, new(steps, units), sequence]),
            "Concatenate steps" => (new ConcatenateLayer("x", axis: 1), [sequence, new(steps + 1, features)]),
            "Conv1D" => (new Conv1DLayer("x", units, 1 + random.Next(2), Padding(random), 1 + random.Next(2), 1, smooth, flag), [sequence]),
            "Dense" => (new DenseLayer("x", units, smooth, flag), [sequence]),
            "Dropout" => (new DropoutLayer("x", 0.4), [sequence]),
            "Flatten" => (new FlattenLayer("x"), [sequence]),
            "GaussianNoise" => (new GaussianNoiseLayer("x", 0.3), [sequence]),
            "GRU" => (new GruLayer("x", units, flag, goBackwards: other, useBias: random.Next(2) == 0), [sequence]),
            "GRU reset before" => (new GruLayer("x", units, flag, goBackwards: other, useBias: random.Next(2) == 0, resetAfter: false), [sequence]),
            "GRU other" => (new GruLayer("x", units, flag, activation: cell, recurrentActivation: ActivationFunction.Softmax), [sequence]),
            "LSTM" => (new LstmLayer("x", units, flag, goBackwards: other, useBias: random.Next(2) == 0), [sequence]),
            "LSTM other" => (new LstmLayer("x", units, flag, activation: cell, recurrentActivation: ActivationFunction.Gelu), [sequence]),
            "LayerNormalization" => (new LayerNormalizationLayer("x"), [sequence]),
            "LayerNormalization plain" => (new LayerNormalizationLayer("x", center: flag, scale: !flag), [sequence]),
            "LeakyReLU" => (new LeakyReluLayer("x", 0.2f), [sequence]),
            "RepeatVector" => (new RepeatVectorLayer("x", steps), [new(features)]),
            "Reshape" => (new ReshapeLayer("x", [features, -1]), [sequence]),
            "TimeDistributed" => (new TimeDistributedLayer("x", new DenseLayer("inner", units, smooth)), [sequence]),
            "TimeDistributed BatchNormalization" => (new TimeDistributedLayer("x", new BatchNormalizationLayer("inner")), [new(steps + 4, features)]),
            _ => (new ActivationLayer("x", Enum.Parse<ActivationFunction>(kind.Split(' ')[1])), [sequence]),
        };
    }

    private static MergeMode Merge(Random random) => (MergeMode)random.Next(4);

    private static ConvolutionPadding Padding(Random random) => (ConvolutionPadding)random.Next(3);
}
