using System.Runtime.CompilerServices;
using AiOutliers.Service.Hosting;

namespace AiOutliers.Service.Tests.Hosting;

[Collection("large memory")]
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Touch(int megabytes)
    {
        var buffer = new byte[megabytes << 20];
        for (var at = 0; at < buffer.Length; at += 4096)
            buffer[at] = 1;
    }
}
