using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Tests.Storage;

public sealed class LeasesTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);

    private readonly ManualClock _clock = ManualClock.At("2026-03-02T10:00:00Z");

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Take_WhatAnotherHolds_SucceedsWhenItsTimeIsOver(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), _clock);
        var (one, other) = (new Leases(database, _clock), new Leases(database, _clock));
        (await one.TryTakeAsync("a", Span, default)).ShouldBeTrue();

        (await other.TryTakeAsync("a", Span, default)).ShouldBeFalse();
        (await one.TryTakeAsync("a", Span, default)).ShouldBeTrue();
        _clock.Now += TimeSpan.FromSeconds(21);

        (await other.TryTakeAsync("a", Span, default)).ShouldBeTrue();
        (await one.TryTakeAsync("a", Span, default)).ShouldBeFalse();
    }

    /// <summary>A node whose clock was a year ahead, and that ended: nobody waits for a year.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Take_WhatAClockThatWasAheadHolds_Succeeds(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), _clock);
        _clock.Now += TimeSpan.FromDays(365);
        await new Leases(database, _clock).TryTakeAsync("a", Span, default);
        _clock.Now -= TimeSpan.FromDays(365);

        (await new Leases(database, _clock).TryTakeAsync("a", Span, default)).ShouldBeTrue();
        (await new Leases(database, _clock).TryTakeAsync("a", Span, default)).ShouldBeFalse();
    }
}
