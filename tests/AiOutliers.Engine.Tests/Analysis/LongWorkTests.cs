using AiOutliers.Engine.Analysis;

namespace AiOutliers.Engine.Tests.Analysis;

public sealed class LongWorkTests
{
    private static readonly int Turns = Math.Max(1, Environment.ProcessorCount - 1);

    [Fact]
    public async Task RunAsync_AllTurnsTaken_WaitsAndCanBeGivenUpAndShortWorkGoesOn()
    {
        var end = new TaskCompletionSource();
        var running = new CountdownEvent(Turns);
        var held = Enumerable.Range(0, Turns).Select(_ => Task.Run(() => Long(() =>
        {
            running.Signal();
            end.Task.Wait();
            return 1;
        }))).ToArray();
        running.Wait(TestContext.Current.CancellationToken);

        using var gone = new CancellationTokenSource();
        var givenUp = Long(() => 2, gone.Token);
        var waiting = Long(() => 3);
        (await LongWork.RunAsync(isLong: false, static () => 4, default)).ShouldBe(4);
        waiting.IsCompleted.ShouldBeFalse();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => givenUp);

        end.SetResult();
        (await waiting).ShouldBe(3);
        (await Task.WhenAll(held)).ShouldAllBe(static value => value == 1);
    }

    [Fact]
    public async Task RunAsync_WorkThatFails_GivesItsTurnBack()
    {
        for (var i = 0; i <= Turns; i++)
            await Should.ThrowAsync<InvalidOperationException>(() => Long(static () => throw new InvalidOperationException()));
        (await Long(static () => 1)).ShouldBe(1);
    }

    private static Task<int> Long(Func<int> work, CancellationToken cancellation = default) => LongWork.RunAsync(isLong: true, work, cancellation).AsTask();
}
