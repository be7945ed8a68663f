using System.IO.Pipelines;

namespace AiOutliers.Service.Http;

/// <summary>Sends an answer: what it holds in memory is counted, and the client has only so long to take it.</summary>
internal static class Sending
{
    /// <summary>From this size on a part of the answer is sent; the next is written when the client has taken most of it.</summary>
    public const int PartBytes = 64 * 1024;

    /// <summary>What the connection's own buffers hold while its client does not read.</summary>
    internal const int BufferBytes = 4 * 64 * 1024;

    /// <summary>How long the client may take for a part.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <param name="context">The request that is answered.</param>
    /// <param name="budgets">What all answers may hold.</param>
    /// <param name="bytes">What this one holds until it is sent.</param>
    /// <param name="write">Writes in parts; its token ends when the client has gone or is too slow.</param>
    /// <param name="longest">How long the client may take for all parts; null: as long as for one.</param>
    /// <exception cref="BadHttpRequestException">The client takes too long (408), or there are too many answers (503).</exception>
    public static async Task RunAsync(
        HttpContext context, AnswerBudgets budgets, long bytes, Func<PipeWriter, CancellationToken, Task> write, TimeSpan? longest = null)
    {
        var client = ClientAddress.Of(context.Connection.RemoteIpAddress);
        var (budget, held) = budgets.Of(bytes);
        if (!budget.TryTake(held, client))
            throw new BadHttpRequestException("too many answers are being sent", StatusCodes.Status503ServiceUnavailable);
        try
        {
            using var limit = new CancellationTokenSource(longest ?? Longest, budget.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
            await write(new PartWriter(context.Response.BodyWriter, Longest, budget.Time), either.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or TimeoutException
            && !context.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("the client did not take the answer in time", StatusCodes.Status408RequestTimeout, error);
        }
        finally
        {
            budget.Return(held, client);
        }
    }
}
