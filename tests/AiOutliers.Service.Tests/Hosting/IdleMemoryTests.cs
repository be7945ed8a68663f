using System.Runtime.CompilerServices;
using AiOutliers.Service.Hosting;

namespace AiOutliers.Service.Tests.Hosting;

[Collection(LargeMemory.Name)]
public sealed class IdleMemoryTests
{
    [Fact]
    public async Task Run_AfterALargeRequest_GivesItsMemoryBack()
    {
        var most = Environment.WorkingSet + (400L << 20);
        Touch(800);
        using var stop = new CancellationTokenSource();
        var memory = new IdleMemory(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var running = memory.RunAsync(stop.Token);

        // At once: nothing of it is in use.
        for (var tries = 0; tries < 100 && Environment.WorkingSet > most; tries++)
            await Task.Delay(50, TestContext.Current.CancellationToken);

        Environment.WorkingSet.ShouldBeLessThan(most);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Run_WhileNothingIsAsked_GivesALittleBack()
    {
        // The process is larger than its everyday work makes it, and what comes is less than an eighth of it.
        var kept = LargerThanEveryday();
        using var stop = new CancellationTokenSource();
        var collections = GC.CollectionCount(2);
        // Whatever other tests have left in use.
        var memory = new IdleMemory(TimeSpan.FromMilliseconds(50), TimeProvider.System) { Quick = long.MaxValue };
        var running = memory.RunAsync(stop.Token);
        await Until(() => GC.CollectionCount(2) > collections);
        var most = Environment.WorkingSet + (20L << 20);
        Touch(30);

        await Until(() => Environment.WorkingSet < most);

        Environment.WorkingSet.ShouldBeLessThan(most);
        GC.KeepAlive(kept);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Run_GaveWhileItWorked_GivesOnceMoreWhenItIsDone()
    {
        var clock = new Glances();
        var memory = new IdleMemory(TimeSpan.FromSeconds(1), clock) { Quick = long.MaxValue };
        using var stop = new CancellationTokenSource();
        var kept = LargerThanEveryday();
        var running = memory.RunAsync(stop.Token);
        await clock.NextAsync();
        var most = await WorkAsync(clock);

        await clock.NextAsync();

        Environment.WorkingSet.ShouldBeLessThan(most);
        GC.KeepAlive(kept);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    /// <returns>More than the process takes without what the work had in use.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<long> WorkAsync(Glances clock)
    {
        var before = Environment.WorkingSet;
        var inUse = Touch(120);
        await clock.NextAsync();
        GC.KeepAlive(inUse);
        return before + (60 << 20);
    }

    /// <returns>What makes the process larger than its everyday work does, whatever other tests have left.</returns>
    private static byte[] LargerThanEveryday()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Touch((int)Math.Max(1, 480 - (Environment.WorkingSet >> 20)));
    }

    /// <summary>Before the shortest pause has passed, after which everything is looked through anyway.</summary>
    private static async Task Until(Func<bool> holds)
    {
        for (var tries = 0; tries < 100 && !holds(); tries++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] Touch(int megabytes)
    {
        var buffer = new byte[megabytes << 20];
        for (var at = 0; at < buffer.Length; at += 4096)
            buffer[at] = 1;
        return buffer;
    }

    /// <summary>The loop looks when it is told to.</summary>
    private sealed class Glances : TimeProvider
    {
        private readonly SemaphoreSlim _waits = new(0);
        private Action _look = static () => { };

        /// <summary>Lets it look once, and waits until it has.</summary>
        public async Task NextAsync()
        {
            await _waits.WaitAsync(TestContext.Current.CancellationToken);
            _look();
            await _waits.WaitAsync(TestContext.Current.CancellationToken);
            _waits.Release();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _look = () => callback(state);
            _waits.Release();
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
