namespace AiOutliers.Detection.Neural.Training;

/// <summary>
/// Trains a network to give its input back. Training and validation examples are passed separately, so that the caller, who knows their
/// times, can split them by time. Nothing else may use the network while it trains.
/// </summary>
public sealed class Trainer
{
    private readonly Network _network;
    private readonly TrainingOptions _options;

    /// <exception cref="AiOutliersException">An option is out of its range, or the network gives another shape than it takes.</exception>
    public Trainer(Network network, TrainingOptions options)
    {
        options.Check();
        if (!network.Input.SameAs(network.Output))
        {
            throw new AiOutliersException(
                ErrorKind.UnusableModel,
                $"the network takes {network.Input} and gives {network.Output}; an autoencoder gives what it takes");
        }
        (_network, _options) = (network, options);
    }

    /// <param name="training">(n, input shape), row-major, at least one example.</param>
    /// <param name="validation">The same; empty for no validation.</param>
    /// <param name="progress">Called after each epoch.</param>
    /// <param name="cancellation">Ends training after the epoch that is running.</param>
    /// <exception cref="AiOutliersException">Training diverged; the network has the weights again that it came with.</exception>
    public TrainingResult Fit(
        ReadOnlyMemory<float> training, ReadOnlyMemory<float> validation = default,
        Action<EpochReport>? progress = null, CancellationToken cancellation = default)
    {
        var examples = Count(training);
        if (examples == 0)
            throw new AiOutliersException(ErrorKind.BadInput, "training needs at least one example");
        var run = new TrainingRun(_network, _options, training, examples, validation, Count(validation));
        var (start, best) = (new WeightSnapshot(_network), new BestEpoch(_network, _options.Patience));
        var epochs = new List<EpochReport>();
        var end = TrainingEnd.Finished;
        for (var epoch = 1; epoch <= _options.Epochs && end == TrainingEnd.Finished; epoch++)
        {
            var report = run.Epoch(epoch);
            if (!double.IsFinite(report.ValidationLoss ?? report.Loss) || !double.IsFinite(report.Loss))
            {
                start.Restore();
                throw Diverged(epoch);
            }
            epochs.Add(report);
            progress?.Invoke(report);
            if (best.Judge(report))
                end = TrainingEnd.StoppedEarly;
            else if (cancellation.IsCancellationRequested && epoch < _options.Epochs)
                end = TrainingEnd.Cancelled;
        }
        best.Restore();
        return new(epochs, best.Epoch, end);
    }

    private int Count(ReadOnlyMemory<float> examples)
    {
        var size = _network.Input.Size;
        return examples.Length % size == 0
            ? examples.Length / size
            : throw new ArgumentException($"{examples.Length} values are not a whole number of examples {_network.Input}");
    }

    private AiOutliersException Diverged(int epoch) => new(ErrorKind.BadConfiguration,
        $"training diverged in epoch {epoch}: the loss is not a finite number any more. "
        + $"Use a learning rate below {_options.Optimizer.LearningRate}, or look for extreme values in the data");
}
