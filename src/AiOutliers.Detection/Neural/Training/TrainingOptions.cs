using System.ComponentModel.DataAnnotations;

namespace AiOutliers.Detection.Neural.Training;

/// <summary>Options of <see cref="Trainer"/>.</summary>
public sealed record TrainingOptions
{
    /// <summary>
    /// For a network from scratch: what the detector's quality was measured with, and an end when nothing improves for a quarter of it.
    /// </summary>
    public static readonly TrainingOptions FromScratch = new()
    {
        Epochs = 120,
        Optimizer = new() { LearningRate = 4e-3 },
        Schedule = LearningRateSchedule.Cosine,
        Patience = 30,
    };

    /// <summary>For a network that is trained already: small steps, which keep what it knows.</summary>
    public static readonly TrainingOptions Further = new() { Optimizer = AdamOptions.AdamW with { LearningRate = 1e-5 } };

    /// <summary>Passes over the training examples, at most.</summary>
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 20;

    /// <summary>Examples per step; with fewer examples, all of them.</summary>
    [Range(1, 65_536)]
    public int BatchSize { get; init; } = 32;

    public LossFunction Loss { get; init; } = LossFunction.MeanAbsoluteError;

    public AdamOptions Optimizer { get; init; } = AdamOptions.AdamW;

    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Whether the training examples come in another random order in each epoch.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Seed of shuffling, dropout and noise: the same seed and examples give the same weights, bit by bit, on any number of threads.
    /// </summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>
    /// After so many epochs in a row without a better validation loss (without validation examples: training loss) training stops, and the
    /// weights of the best epoch are kept. 0: never, and the last epoch's weights are kept.
    /// </summary>
    [Range(0, 100_000)]
    public int Patience { get; init; }

    /// <summary>At most so many parts of a batch are computed at once.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="AiOutliersException">An option is out of its range; the message names it.</exception>
    public void Check()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new(this), results, validateAllProperties: true))
        {
            throw new AiOutliersException(
                ErrorKind.BadConfiguration, string.Join(' ', results.Select(static result => result.ErrorMessage)));
        }
        if (!(Optimizer.LearningRate > 0) || !double.IsFinite(Optimizer.LearningRate))
        {
            throw new AiOutliersException(
                ErrorKind.BadConfiguration, $"the learning rate is {Optimizer.LearningRate}; a finite number above 0 is needed");
        }
    }
}
