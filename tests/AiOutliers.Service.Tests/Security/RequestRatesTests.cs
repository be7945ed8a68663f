using AiOutliers.Service.Security;

namespace AiOutliers.Service.Tests.Security;

public sealed class RequestRatesTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void Take_MoreThanAMinutesWorth_HasToWaitForTheNext()
    {
        var rates = new RequestRates(60, _clock);
        for (var i = 0; i < 60; i++)
            rates.Take("a").ShouldBe(TimeSpan.Zero);

        rates.Take("a").TotalSeconds.ShouldBe(1, 1e-6);
        rates.Take("b").ShouldBe(TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        rates.Take("a").ShouldBe(TimeSpan.Zero);
        rates.Take("a").TotalSeconds.ShouldBe(0.5, 1e-6);
    }

    [Fact]
    public void Charge_ACostlyAnswer_LeavesADebtOfAMinuteAtMost()
    {
        var rates = new RequestRates(60, _clock);
        rates.Charge("a", 1e9);

        rates.Take("a").TotalSeconds.ShouldBe(61, 1e-6);
        _clock.Advance(TimeSpan.FromSeconds(61));
        rates.Take("a").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Take_WithoutALimit_NeverWaits()
    {
        var rates = new RequestRates(0, _clock);
        rates.Charge("a", 1e9);
        rates.Take("a").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Take_ByMoreNamesThanAreRemembered_GoesOn()
    {
        var rates = new RequestRates(1, _clock);
        for (var i = 0; i < 25_000; i++)
            rates.Take($"{i}").ShouldBe(TimeSpan.Zero);
    }

    private sealed class Clock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan span) => _now += span.Ticks;
    }
}
