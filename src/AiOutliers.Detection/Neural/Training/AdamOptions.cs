namespace AiOutliers.Detection.Neural.Training;

/// <summary>Options of Adam (Kingma, Ba 2015) and, with weight decay, AdamW (Loshchilov, Hutter 2019); the defaults are Keras'.</summary>
public sealed record AdamOptions
{
    /// <summary>AdamW with Keras' default decay.</summary>
    public static readonly AdamOptions AdamW = new() { WeightDecay = 0.004 };

    /// <summary>The step's size; schedules start from it.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How much of the mean gradient stays in a step.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much of the mean squared gradient stays in a step.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean squared gradient; keeps the division finite.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Share of every weight, times the learning rate, that is taken away before each step; 0 is Adam.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Gradients are scaled down together when the norm of all of them exceeds this; null for no limit.</summary>
    public double? ClipNorm { get; init; }
}
