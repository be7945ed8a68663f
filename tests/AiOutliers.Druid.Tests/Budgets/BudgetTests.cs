using AiOutliers.Druid.Budgets;

namespace AiOutliers.Druid.Tests.Budgets;

public sealed class BudgetTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_AllTaken_WaitsItsTurnAndCountsTheWaiting()
    {
        var time = new SteppedClock();
        var budget = new Budget("test", 1, time: time);
        var first = await budget.EnterAsync(null, Stop);
        var (second, third) = (budget.EnterAsync(null, Stop).AsTask(), budget.EnterAsync(null, Stop).AsTask());
        budget.Waiting.ShouldBe(2);

        time.Advance(TimeSpan.FromSeconds(3));
        first.Dispose();
        (await second).Dispose();
        (await third).Dispose();

        (budget.Waiting, budget.Used, budget.Waits, budget.Refused).ShouldBe((0, 0, 2, 0));
        budget.Waited.ShouldBe(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Enter_GivenUp_LeavesTheTurnToTheNext()
    {
        var budget = new Budget("test", 1);
        var first = await budget.EnterAsync(null, Stop);
        using var gone = new CancellationTokenSource();
        var (second, third) = (budget.EnterAsync(null, gone.Token).AsTask(), budget.EnterAsync(null, Stop).AsTask());

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        third.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await third).Dispose();

        (budget.Used, budget.Waits).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Enter_OneClientHasItsShare_TheNextClientPassesIt()
    {
        var budget = new Budget("test", 2, 1);
        var first = await budget.EnterAsync("a", Stop);
        var again = budget.EnterAsync("a", Stop).AsTask();

        (await budget.EnterAsync("b", Stop)).Dispose();

        again.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await again).Dispose();
        budget.Used.ShouldBe(0);
    }

    [Fact]
    public void TryTake_BeyondCapacityOrShare_IsRefusedAndCounted()
    {
        var budget = new Budget("test", 10, 6);
        budget.TryTake(6, "a").ShouldBeTrue();
        budget.TryTake(1, "a").ShouldBeFalse();
        budget.TryTake(4, "b").ShouldBeTrue();
        budget.TryTake(1, "c").ShouldBeFalse();
        budget.TryTake(1).ShouldBeFalse();
        (budget.Used, budget.Refused).ShouldBe((10, 3));

        budget.Return(6, "a");
        budget.TryTake(6, "c").ShouldBeTrue();
    }

    [Fact]
    public async Task Dispose_Twice_GivesBackOnce()
    {
        var budget = new Budget("test", 2);
        var turn = await budget.EnterAsync(null, Stop);
        await budget.EnterAsync(null, Stop);
        turn.Dispose();
        turn.Dispose();
        budget.Used.ShouldBe(1);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
