using AiOutliers.Detection.Detectors.Seasonal;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

public sealed class SharpCoresTests
{
    [Fact]
    public void Of_OneEventWithOrdinaryPointsAround_KeepsTheEvent() =>
        Cores([0, 0.5, 12, 14, 11, 0.4, 0]).ShouldBe([(2, 5, 1)]);

    [Fact]
    public void Of_TwoOrdinaryPointsWithin_IsOneEvent() => Cores([12, 1, 1, 14]).ShouldBe([(0, 4, 1)]);

    [Fact]
    public void Of_ThreeOrdinaryPointsBetween_AreTwoEvents() => Cores([12, 1, 1, 1, 14]).ShouldBe([(0, 1, 1), (4, 5, 1)]);

    [Fact]
    public void Of_FloodAndThenOutage_IsOneEventToEachSide() => Cores([12, 13, -14, -12]).ShouldBe([(0, 2, 1), (2, 4, -1)]);

    [Fact]
    public void Of_WhatDoesNotPassByItself_IsDropped() => Cores([12, 1, 1, 1, 3.5]).ShouldBe([(0, 1, 1)]);

    [Fact]
    public void Of_NothingOdd_IsEmpty() => Cores([1, 2, 1]).ShouldBeEmpty();

    [Fact]
    public void Whole_AnyRun_HasTheSideOfItsSum()
    {
        var whole = SharpCores.Whole(Scan([1, -2, -2]), 0, 3);

        (whole.Start, whole.End, whole.Sign).ShouldBe((0, 3, -1));
    }

    private static IEnumerable<(int, int, int)> Cores(double[] deviations) =>
        SharpCores.Of(Scan(deviations), 0, deviations.Length).Select(core => (core.Start, core.End, core.Sign));

    /// <summary>Energies are squares of the deviations, as when all three views agree; a point alone passes above five deviations.</summary>
    private static SeasonalScanResult Scan(double[] deviations) => new()
    {
        State = SeasonalScanState.Judged,
        Known = [.. Enumerable.Range(0, deviations.Length)],
        Range = [],
        Point = [],
        Wide = [],
        Sustained = [],
        Deviation = deviations,
        SharpEnergy = Array.ConvertAll(deviations, static deviation => deviation * deviation),
        Expected = [],
        Lower = [],
        Upper = [],
        Transform = default,
        Scale = [],
        Alarms = [],
        SharpThreshold = Math.Sqrt(24),
    };
}
