namespace AiOutliers.Monitoring;

/// <summary>A clock that begins at a time of the past and runs faster: recorded data comes in as if it were now.</summary>
/// <param name="start">What it shows when it is made.</param>
/// <param name="speed">Its seconds in a second.</param>
/// <param name="real">The clock that it runs by; timers are that one's.</param>
public sealed class ReplayClock(DateTimeOffset start, double speed, TimeProvider real) : TimeProvider
{
    private readonly long _begun = real.GetTimestamp();

    public override long TimestampFrequency => real.TimestampFrequency;

    public override long GetTimestamp() => real.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start + real.GetElapsedTime(_begun) * speed;
}
