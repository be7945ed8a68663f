namespace AiOutliers.Detection.Neural;

/// <summary>
/// What one layer works on in one pass through the network. The layer itself holds only weights, so that many passes can run at once.
/// </summary>
public sealed class LayerPass
{
    public required Tensor[] Inputs { get; init; }

    public required Tensor Output { get; init; }

    /// <summary>What the forward pass leaves for the backward pass, and its scratch space: <see cref="Layer.CachePerExample"/> values per example.</summary>
    public required float[] Cache { get; init; }

    /// <summary>The passes of the layers that a wrapper holds.</summary>
    public LayerPass[] Inner { get; set; } = [];

    /// <summary>Examples in this batch.</summary>
    public int Batch { get; set; }

    public ReadOnlySpan<float> Input => Inputs[0].Batch(Batch);

    public Span<float> Result => Output.Batch(Batch);
}
