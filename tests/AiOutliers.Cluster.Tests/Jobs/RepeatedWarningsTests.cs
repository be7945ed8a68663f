using AiOutliers.Cluster.Jobs;

namespace AiOutliers.Cluster.Tests.Jobs;

public sealed class RepeatedWarningsTests
{
    [Fact]
    public void Warn_TheSameAgain_IsLoggedOnceAMinuteWithItsCount()
    {
        var (time, log) = (new SteppedTime(), new LogLines<JobQueue>());
        var warnings = new RepeatedWarnings(time, log);
        for (var second = 0; second < 150; second++)
        {
            warnings.Warn("Redis is away");
            time.Seconds++;
        }
        warnings.Warn("the disk is full");

        log.Lines.ShouldBe(
        [
            "Warning Redis is away", "Warning Redis is away (59 times since the last of these lines)",
            "Warning Redis is away (59 times since the last of these lines)", "Warning the disk is full",
        ]);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
