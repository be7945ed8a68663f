using System.IO.Pipelines;
using AiOutliers.Druid.Budgets;
using AiOutliers.Service.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Service.Tests.Http;

public sealed class SendingTests
{
    private readonly Budget _budget = new("answers", 1000, 500);

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
        var sent = RunAsync(400, (_, _) => end.Task);

        var error = await Should.ThrowAsync<BadHttpRequestException>(() => RunAsync(200, static (_, _) => Task.CompletedTask));

        error.StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
        end.SetResult();
        await sent;
    }

    [Fact]
    public async Task Run_OneLargerThanAll_IsSentAlone()
    {
        await RunAsync(long.MaxValue, static async (to, limit) => await to.WriteAsync(new byte[10], limit));
        _budget.Used.ShouldBe(0);
    }

    private Task RunAsync(long bytes, Func<PipeWriter, CancellationToken, Task> write)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
        return Sending.RunAsync(context, _budget, bytes, write);
    }
}
