using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;
using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>Trains a model and measures what is ordinary for it afterwards.</summary>
public static class AutoencoderTraining
{
    /// <summary>How much of what was ordinary before stays when a model is trained further.</summary>
    private const double KeptShare = 0.9;

    /// <summary>
    /// A model whose loss on the training rows has grown by more than this has diverged, even if every number is finite: saturated
    /// units give constants. Small steps on noisy data may make the loss a little worse.
    /// </summary>
    private const double MostGrowth = 1.25;

    /// <param name="model">Its network is changed; nobody else may use it meanwhile.</param>
    /// <param name="data">The slices.</param>
    /// <param name="options">How to train.</param>
    /// <param name="fromScratch">Whether the profile's numbers mean nothing yet.</param>
    /// <param name="progress">Called after each epoch.</param>
    /// <param name="cancellation">Ends training after the epoch that is running.</param>
    /// <returns>The network with a profile that knows its limits: from the validation part, or without one from the training part; and
    /// how it went.</returns>
    /// <exception cref="AiOutliersException">Training diverged; the network has the weights again that it came with.</exception>
    public static TrainedAutoencoder Train(
        Autoencoder model, TrainingData data, TrainingOptions options, bool fromScratch,
        Action<EpochReport>? progress = null, CancellationToken cancellation = default)
    {
        var (profile, start) = (model.Profile, new WeightSnapshot(model.Network));
        var before = ResidualMeasurement.Loss(model, data.TrainingRuns).Average;
        var frozen = fromScratch ? [] : FreezeNormalization(model.Network);
        var result = new Trainer(model.Network, options).Fit(data.Training, data.Validation, progress, cancellation);
        frozen.ForEach(static layer => layer.Trainable = true);
        var (average, deviation) = ResidualMeasurement.Loss(model, data.TrainingRuns);
        if (!(average <= MostGrowth * before))
        {
            start.Restore();
            throw new AiOutliersException(ErrorKind.BadConfiguration,
                $"training diverged: the loss grew from {before:0.####} to {average:0.####}. "
                + $"Use a learning rate below {options.Optimizer.LearningRate}, or look for extreme values in the data");
        }
        var kept = fromScratch ? 0 : KeptShare;
        var measured = data.ValidationRuns.Count > 0
            ? ResidualMeasurement.Statistics(model, data.ValidationRuns, [.. data.TrainingRuns, .. data.RunsAcrossHoles])
            : ResidualMeasurement.Statistics(model, data.TrainingRuns, []);
        return new(new(model.Network, profile with
        {
            AverageLoss = Mix(kept, profile.AverageLoss, average),
            LossDeviation = Mix(kept, profile.LossDeviation, deviation),
            Residuals = fromScratch ? measured : Mixed(profile.Residuals, measured),
        }), result, before, average);
    }

    /// <summary>
    /// The statistics of batch normalisation stay when a model is trained further: on a single day the weekdays do not vary, and eighty
    /// steps would bring the moving averages half the way to that.
    /// </summary>
    private static List<Layer> FreezeNormalization(Network network)
    {
        var layers = network.Nodes.Select(static node => node.Layer)
            .Where(static layer => layer is BatchNormalizationLayer { Trainable: true })
            .ToList();
        layers.ForEach(static layer => layer.Trainable = false);
        return layers;
    }

    /// <summary>Granularities that were measured again move by a tenth; what only one side knows stays or is added.</summary>
    private static IReadOnlyList<ResidualStatistics> Mixed(
        IReadOnlyList<ResidualStatistics> old, IReadOnlyList<ResidualStatistics> measured)
    {
        var all = measured.ToDictionary(static entry => entry.Minutes);
        foreach (var known in old)
            all[known.Minutes] = all.TryGetValue(known.Minutes, out var again) ? Mixed(known, again) : known;
        return [.. all.Values.OrderBy(static entry => entry.Minutes)];
    }

    private static ResidualStatistics Mixed(ResidualStatistics old, ResidualStatistics measured) => old with
    {
        Metrics = [.. old.Metrics.Zip(measured.Metrics, Mixed)],
        LeapLimit = Mix(KeptShare, old.LeapLimit, measured.LeapLimit),
    };

    private static MetricResiduals Mixed(MetricResiduals old, MetricResiduals measured) => new(
        Mix(KeptShare, old.Mean, measured.Mean), Mix(KeptShare, old.Deviation, measured.Deviation),
        Mix(KeptShare, old.Centre, measured.Centre),
        Mix(KeptShare, old.Scale, measured.Scale), Mix(KeptShare, old.SustainedLimit, measured.SustainedLimit))
    {
        // What the old model does not know stays unknown: infinite.
        ApartLimit = Mix(KeptShare, old.ApartLimit, measured.ApartLimit),
    };

    private static double Mix(double kept, double old, double measured) => kept * old + (1 - kept) * measured;
}
