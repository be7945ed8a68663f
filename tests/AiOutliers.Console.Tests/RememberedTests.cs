using AiOutliers.Service.Console;

namespace AiOutliers.Console.Tests;

public sealed class RememberedTests
{
    private int _made;

    [Fact]
    public async Task Get_TheSameAgain_IsMadeOnce()
    {
        var kept = new Remembered<int>(TimeSpan.FromMinutes(1), 8, TimeProvider.System);
        await Task.WhenAll(AskAsync(kept, "a"), AskAsync(kept, "a"));
        await AskAsync(kept, "a");
        _made.ShouldBe(1);
    }

    [Fact]
    public async Task Get_MoreThanMayBeKept_ForgetsTheOldest()
    {
        var kept = new Remembered<int>(TimeSpan.FromMinutes(1), 2, TimeProvider.System);
        foreach (var key in new[] { "a", "b", "c", "b", "c" })
            await AskAsync(kept, key);
        _made.ShouldBe(3);
        await AskAsync(kept, "a");
        _made.ShouldBe(4);
    }

    [Fact]
    public async Task Get_HeavierThanMayBeKept_KeepsTheNewestOnly()
    {
        var kept = new Remembered<int>(TimeSpan.FromMinutes(1), 8, TimeProvider.System, static _ => 60, 100);
        foreach (var key in new[] { "a", "b", "b" })
            await AskAsync(kept, key);
        _made.ShouldBe(2);
        await AskAsync(kept, "a");
        _made.ShouldBe(3);
    }

    [Fact]
    public async Task Get_AFailure_IsNotKept()
    {
        var kept = new Remembered<int>(TimeSpan.FromMinutes(1), 8, TimeProvider.System);
        await Should.ThrowAsync<InvalidOperationException>(() => kept.GetAsync("a", static _ => throw new InvalidOperationException(), default));
        (await AskAsync(kept, "a")).ShouldBe(1);
    }

    private Task<int> AskAsync(Remembered<int> kept, string key) => kept.GetAsync(key, _ => Task.FromResult(++_made), default);
}
