using System.IO.Pipelines;
using AiOutliers.Druid.Budgets;
using AiOutliers.Service.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Service.Tests.Http;

public sealed class SendingTests
{
    private readonly Budget _budget = new("answers", 4 << 20, 2 << 20);

    [Fact]
    public async Task Run_ClientDoesNotRead_IsCutOffAndGivesItsBytesBack()
    {
        var error = await Should.ThrowAsync<BadHttpRequestException>(() => Sending.RunAsync(
            new DefaultHttpContext(), _budget, 100, static (_, limit) => Task.Delay(Timeout.Infinite, limit),
            TimeSpan.FromMilliseconds(20)));

        error.StatusCode.ShouldBe(StatusCodes.Status408RequestTimeout);
        _budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Run_MoreThanAnAddressMayHold_IsRefused()
    {
        var end = new TaskCompletionSource();
        var sent = Enumerable.Range(0, 2).Select(_ => RunAsync(900_000, (_, _) => end.Task)).ToList();

        var error = await Should.ThrowAsync<BadHttpRequestException>(() => RunAsync(900_000, static (_, _) => Task.CompletedTask));

        error.StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
        end.SetResult();
        await Task.WhenAll(sent);
    }

    /// <summary>Small answers, too, hold the buffers of their connections.</summary>
    [Fact]
    public async Task Run_ManySmallOnesOfOneAddress_AreBounded()
    {
        var end = new TaskCompletionSource();
        var sent = Enumerable.Range(0, 8).Select(_ => RunAsync(10, (_, _) => end.Task)).ToList();

        sent.Count(static answer => answer.IsFaulted).ShouldBe(1);
        end.SetResult();
        await Should.ThrowAsync<BadHttpRequestException>(() => Task.WhenAll(sent));
        _budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Run_OneLargerThanAll_LeavesRoomForASmallOne()
    {
        var end = new TaskCompletionSource();
        var large = RunAsync(long.MaxValue / 2, (_, _) => end.Task);

        await RunAsync(10, static (_, _) => Task.CompletedTask);

        end.SetResult();
        await large;
    }

    [Fact]
    public async Task Run_OneLargerThanAll_IsSentAlone()
    {
        await RunAsync(long.MaxValue / 2, static async (to, limit) => await to.WriteAsync(new byte[10], limit));
        _budget.Used.ShouldBe(0);
    }

    private Task RunAsync(long bytes, Func<PipeWriter, CancellationToken, Task> write)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
        return Sending.RunAsync(context, _budget, bytes, write);
    }
}
