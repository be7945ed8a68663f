using System.IO.Pipelines;

namespace AiOutliers.Service.Http;

/// <summary>
/// Sends an answer in parts, each of which the client has to take in time. The server's own limit is a rate, on the average: who took much
/// at once could then take nothing for as long.
/// </summary>
/// <param name="to">Where the parts go.</param>
/// <param name="longest">How long the client may take for one.</param>
/// <param name="time">Measures it.</param>
internal sealed class PartWriter(PipeWriter to, TimeSpan longest, TimeProvider time) : PipeWriter
{
    public override bool CanGetUnflushedBytes => to.CanGetUnflushedBytes;

    public override long UnflushedBytes => to.UnflushedBytes;

    public override void Advance(int bytes) => to.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => to.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => to.GetSpan(sizeHint);

    /// <exception cref="TimeoutException">The client did not take the part in time.</exception>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var flush = to.FlushAsync(cancellationToken);
        return flush.IsCompleted ? flush : new(flush.AsTask().WaitAsync(longest, time, cancellationToken));
    }

    public override void CancelPendingFlush() => to.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => to.Complete(exception);
}
