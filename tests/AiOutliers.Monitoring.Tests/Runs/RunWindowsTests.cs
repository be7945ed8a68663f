using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Tests.Runs;

public sealed class RunWindowsTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void Open_LeavesOutWhatWasJudged_AndEndsAtEachDay() =>
        RunWindows.Open(new(10 * Hour, 60 * Hour), [Judged(8, 11), Judged(20, 30), Judged(59, 70)]).ShouldBe(
            [Hours(11, 20), Hours(30, 48), Hours(48, 59)]);

    [Fact]
    public void Open_OfNothing_IsNothing()
    {
        RunWindows.Open(new(10 * Hour, 10 * Hour), []).ShouldBeEmpty();
        RunWindows.Open(new(10 * Hour, 12 * Hour), [Judged(0, 24)]).ShouldBeEmpty();
    }

    private static Window Hours(int from, int to) => new(from * Hour, to * Hour);

    private static StoredRun Judged(int from, int to) => new() { WindowFrom = from * Hour, WindowTo = to * Hour, State = RunStates.Done };
}
