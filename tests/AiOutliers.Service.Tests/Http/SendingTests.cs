using System.IO.Pipelines;
using AiOutliers.Druid.Budgets;
using AiOutliers.Service.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AiOutliers.Service.Tests.Http;

public sealed class SendingTests
{
    private readonly Budget _budget = new("answers", 4 << 20, 2 << 20), _large = new("large-answers", 16 << 20, 8 << 20);

    [Fact]
    public async Task Run_ClientDoesNotRead_IsCutOffAndGivesItsBytesBack()
    {
        var error = await Should.ThrowAsync<BadHttpRequestException>(() => Sending.RunAsync(
            new DefaultHttpContext(), new(_budget, _large), 100, static (_, limit) => Task.Delay(Timeout.Infinite, limit),
            TimeSpan.FromMilliseconds(20)));

        error.StatusCode.ShouldBe(StatusCodes.Status408RequestTimeout);
        _budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Run_ClientTakesNothingMore_IsCutOffLongBeforeAllItsTimeIsOver()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1000, resumeWriterThreshold: 500));
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(pipe.Writer.AsStream()));
        var small = new Budget("answers", 4 << 20, 2 << 20, new HurriedClock());

        var error = await Should.ThrowAsync<BadHttpRequestException>(() => Sending.RunAsync(
            context, new(small, _large), 100, static async (to, limit) => await to.WriteAsync(new byte[2000], limit), TimeSpan.FromDays(1)));

        error.StatusCode.ShouldBe(StatusCodes.Status408RequestTimeout);
        error.InnerException.ShouldBeOfType<TimeoutException>();
        small.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Run_MoreThanAnAddressMayHold_IsRefused()
    {
        var end = new TaskCompletionSource();
        var sent = Enumerable.Range(0, 2).Select(_ => RunAsync(700_000, (_, _) => end.Task)).ToList();

        var error = await Should.ThrowAsync<BadHttpRequestException>(() => RunAsync(700_000, static (_, _) => Task.CompletedTask));

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
    public async Task Run_LargeOnesOfAllThatThereIs_LeaveRoomForASmallOne()
    {
        var end = new TaskCompletionSource();
        var large = Enumerable.Range(1, 2).Select(client => RunAsync(long.MaxValue / 2, (_, _) => end.Task, client)).ToList();

        await RunAsync(10, static (_, _) => Task.CompletedTask);
        var error = await Should.ThrowAsync<BadHttpRequestException>(() => RunAsync(9 << 20, static (_, _) => Task.CompletedTask, client: 3));

        error.StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
        end.SetResult();
        await Task.WhenAll(large);
        _large.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Run_OneLargerThanAll_IsSentAlone()
    {
        await RunAsync(long.MaxValue / 2, static async (to, limit) => await to.WriteAsync(new byte[10], limit));
        _large.Used.ShouldBe(0);
    }

    /// <summary>A minute takes 60 milliseconds.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 1000 : dueTime, period);
    }

    private Task RunAsync(long bytes, Func<PipeWriter, CancellationToken, Task> write, int client = 1)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse($"127.0.0.{client}");
        return Sending.RunAsync(context, new(_budget, _large), bytes, write);
    }
}
