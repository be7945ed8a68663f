using System.IO.Pipelines;
using AiOutliers.Druid.Budgets;

namespace AiOutliers.Service.Http;

/// <summary>Sends an answer: what it holds in memory is counted, and the client has only so long to take it.</summary>
internal static class Sending
{
    /// <summary>From this size on a part of the answer is sent; the next is written when the client has taken most of it.</summary>
    public const int PartBytes = 64 * 1024;

    /// <summary>What the connection's own buffers hold while its client does not read.</summary>
    internal const int BufferBytes = 4 * 64 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <param name="context">The request that is answered.</param>
    /// <param name="budget">What all answers may hold.</param>
    /// <param name="bytes">What this one holds until it is sent.</param>
    /// <param name="write">Writes in parts; its token ends when the client has gone or is too slow.</param>
    /// <param name="longest">How long the client may take; null takes the usual limit.</param>
    /// <exception cref="BadHttpRequestException">The client takes too long (408), or there are too many answers (503).</exception>
    public static async Task RunAsync(
        HttpContext context, Budget budget, long bytes, Func<PipeWriter, CancellationToken, Task> write, TimeSpan? longest = null)
    {
        var client = ClientAddress.Of(context.Connection.RemoteIpAddress);
        // One answer alone may always be sent, and leaves room for small ones.
        var held = Math.Min(bytes + BufferBytes, budget.Share / 2);
        if (!budget.TryTake(held, client))
            throw new BadHttpRequestException("too many answers are being sent", StatusCodes.Status503ServiceUnavailable);
        try
        {
            using var limit = new CancellationTokenSource(longest ?? Longest, budget.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
            await write(context.Response.BodyWriter, either.Token);
        }
        catch (OperationCanceledException error) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("the client did not take the answer in time", StatusCodes.Status408RequestTimeout, error);
        }
        finally
        {
            budget.Return(held, client);
        }
    }
}
