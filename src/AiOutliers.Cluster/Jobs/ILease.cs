namespace AiOutliers.Cluster.Jobs;

/// <summary>The right to work on one subject, held for one job and kept up until disposed.</summary>
public interface ILease : IAsyncDisposable
{
    /// <summary>Cancelled when the lease was lost, that is when another may have begun.</summary>
    CancellationToken Lost { get; }

    /// <summary>Asks whether it is still ours: before anything that others see.</summary>
    Task<bool> IsHeldAsync();
}
