using AiOutliers.Service.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Service.Tests.Hosting;

public sealed class LoopTests
{
    [Fact]
    public async Task Stop_BeforeTheFirstStep_IsNotAFailure()
    {
        var (steps, clock) = (0, new StandingClock());
        using var loop = Loop(_ => Task.FromResult(steps++), clock);

        await loop.StartAsync(TestContext.Current.CancellationToken);
        await clock.Asked.Task;
        await loop.StopAsync(TestContext.Current.CancellationToken);

        loop.ExecuteTask!.Status.ShouldBe(TaskStatus.RanToCompletion);
        steps.ShouldBe(0);
    }

    [Fact]
    public async Task Stop_InThePauseAfterAFailure_IsNotAFailure()
    {
        var failing = new TaskCompletionSource();
        using var loop = Loop(_ =>
        {
            failing.SetResult();
            throw new InvalidOperationException();
        });

        await loop.StartAsync(TestContext.Current.CancellationToken);
        await failing.Task;
        await loop.StopAsync(TestContext.Current.CancellationToken);

        loop.ExecuteTask!.Status.ShouldBe(TaskStatus.RanToCompletion);
    }

    [Fact]
    public async Task Run_Fails_BeginsAgain()
    {
        var steps = 0;
        using var loop = Loop(_ => ++steps == 1 ? throw new InvalidOperationException() : Task.CompletedTask);

        await loop.StartAsync(TestContext.Current.CancellationToken);
        await loop.ExecuteTask!;

        steps.ShouldBe(2);
    }

    private static Loop Loop(Func<CancellationToken, Task> run, TimeProvider? time = null) =>
        new("a test", run, time ?? new Hurry(), NullLogger<Loop>.Instance);

    /// <summary>Its pauses never end.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public TaskCompletionSource Asked { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked.TrySetResult();
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }

    /// <summary>Waits a fiftieth of what is asked: 6 ms before the first step, 0.2 s after a failure.</summary>
    private sealed class Hurry : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime / 50, period);
    }
}
