using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Tests.Runs;

public sealed class MonitorPlacesTests
{
    private const long Minute = 60_000;

    private readonly ManualClock _clock = new(MonitorBench.Begin);

    [Fact]
    public void WorkOfAMonitorThatRanHere_IsDoneAtOnce_AndElsewhereOnlyWhenItIsLeft()
    {
        var (here, there) = (new MonitorPlaces(_clock), new MonitorPlaces(_clock));
        here.Ran(Run(5));

        here.IsElsewhere(Stored(5)).ShouldBeFalse();
        there.IsElsewhere(Stored(5)).ShouldBeTrue();
        Pass(2);
        there.IsElsewhere(Stored(5)).ShouldBeTrue();
        Pass(1);
        there.IsElsewhere(Stored(5)).ShouldBeFalse();
        there.IsElsewhere(Stored(10)).ShouldBeTrue();
    }

    [Fact]
    public void MonitorThatNobodyRanYet_IsTakenAtOnce() => new MonitorPlaces(_clock).IsElsewhere(Stored(null)).ShouldBeFalse();

    [Fact]
    public void WindowThatWaits_IsLeftToTheNodeThatAsksAgain_AndOneThatFailedIsNot()
    {
        var places = new MonitorPlaces(_clock);
        for (var ask = 0; ask < 5; ask++)
        {
            places.IsElsewhere(Stored(5) with { LastState = RunStates.Waiting, LastAt = ask }).ShouldBeTrue();
            Pass(11);
        }
        places.IsElsewhere(Stored(5) with { LastState = RunStates.Failed, LastAt = 9 }).ShouldBeTrue();
        Pass(3);

        places.IsElsewhere(Stored(5) with { LastState = RunStates.Failed, LastAt = 9 }).ShouldBeFalse();
    }

    [Fact]
    public void MonitorOfWhichAnotherJudgedTwoWindows_HasMoved()
    {
        var (places, document) = (new MonitorPlaces(_clock), Document());
        places.Ran(Run(10));

        places.HasMoved(Stored(10), document).ShouldBeFalse();
        places.HasMoved(Stored(15), document).ShouldBeFalse();
        places.IsElsewhere(Stored(15)).ShouldBeFalse();
        places.HasMoved(Stored(20), document).ShouldBeTrue();
        places.IsElsewhere(Stored(20)).ShouldBeTrue();
    }

    private static MonitorDocument Document()
    {
        var reader = new DocumentReader(new());
        reader.Add(MonitorBench.Document, "test");
        return reader.Result().Monitors[0];
    }

    private static StoredRun Run(int minutes) =>
        new() { Monitor = "hosts", State = RunStates.Done, WindowFrom = At(minutes) - 5 * Minute, WindowTo = At(minutes) };

    private static StoredMonitor Stored(int? minutes) => new() { Name = "hosts", NextFrom = minutes is { } some ? At(some) : null };

    private static long At(int minutes) => MonitorBench.Begin.ToUnixTimeMilliseconds() + minutes * Minute;

    private void Pass(int seconds) => _clock.Now += TimeSpan.FromSeconds(seconds);
}
