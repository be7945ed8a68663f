namespace AiOutliers.Detection.Neural.Training;

/// <summary>
/// Early stopping: remembers the weights of the epoch with the least loss. Without patience the last epoch counts as the best.
/// </summary>
internal sealed class BestEpoch(Network network, int patience)
{
    private readonly WeightSnapshot? _weights = patience > 0 ? new(network) : null;
    private double _loss = double.PositiveInfinity;

    /// <summary>The best epoch so far.</summary>
    public int Epoch { get; private set; }

    /// <returns>Whether training should stop.</returns>
    public bool Judge(EpochReport report)
    {
        var loss = report.ValidationLoss ?? report.Loss;
        if (_weights is not null && loss >= _loss)
            return report.Epoch - Epoch >= patience;
        (_loss, Epoch) = (loss, report.Epoch);
        _weights?.Take();
        return false;
    }

    /// <summary>Gives the network the best epoch's weights.</summary>
    public void Restore() => _weights?.Restore();
}
