using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Tests.Runs;

public sealed class WindowTests
{
    private const long Minute = 60_000, Hour = 60 * Minute;

    [Fact]
    public void Next_BeforeTheFirstRun_IsTheLastWholeWindow() =>
        Window.Next(Spec("every 5m"), null, 12 * Minute).ShouldBe(new Window(5 * Minute, 10 * Minute));

    [Fact]
    public void Next_WithADelay_LooksFurtherBack() =>
        Window.Next(Spec("every 5m") with { Delay = TimeSpan.FromMinutes(3) }, null, 12 * Minute).ShouldBe(new Window(0, 5 * Minute));

    [Fact]
    public void Next_AfterARun_BeginsWhereThatEnded() =>
        Window.Next(Spec("every 15m"), 30 * Minute, 99 * Hour).ShouldBe(new Window(30 * Minute, 45 * Minute));

    [Fact]
    public void Next_AfterTheGranularityBecameWider_JudgesNothingTwice() =>
        Window.Next(Spec("every 1h", Hour), 5 * Minute, 99 * Hour).ShouldBe(new Window(Hour, 2 * Hour));

    [Fact]
    public void Windows_OfAnySchedule_LeaveNothingOutAndOverlapNowhere()
    {
        foreach (var schedule in new[]
        {
            "every 5m", "every 7m", "cron */10 * * * *", "cron 30 6 * * * Europe/Madrid", "cron 30 2 * * * Europe/Madrid",
            "cron 15 * * * * Europe/Madrid",
        })
        {
            long? next = null;
            for (var i = 0; i < 400; i++)
            {
                var window = Window.Next(Spec(schedule), next, 20_000 * Hour);
                (next ?? window.From).ShouldBe(window.From, schedule);
                window.To.ShouldBeGreaterThan(window.From, schedule);
                (window.To % (5 * Minute)).ShouldBe(0, schedule);
                next = window.To;
            }
        }
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(25, null)]
    [InlineData(26, 2)]
    [InlineData(100, 76)]
    public void Skipped_IsWhatLiesFurtherBackThanCatchUp(int hours, int? until) =>
        new Window(0, Hour).SkippedUntil(Spec("every 1h"), hours * Hour).ShouldBe(until * Hour);

    private static MonitorSpec Spec(string text, long step = 5 * Minute)
    {
        MonitorSchedule.TryParse(text, out var schedule);
        return new()
        {
            Series = new() { DataSource = "rb_flow", Metrics = [], Granularity = "PT5M", Step = step },
            Schedule = schedule!,
            Detector = new() { Name = "seasonal-scan" },
        };
    }
}
