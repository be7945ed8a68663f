using AiOutliers.Engine.SelfTest;

namespace AiOutliers.Engine.Tests.SelfTest;

public sealed class InjectionTests
{
    private static readonly double[] Day = [2, 2, 4, 8, 10, 8, 4, 2];

    [Fact]
    public void Apply_Spike_MultipliesItsRowsOnly() =>
        new Injection(InjectionKind.Spike, 1, 2, 3).Apply(Day, 8).ShouldBe([2, 2, 8, 16, 20, 8, 4, 2]);

    [Fact]
    public void Apply_Outage_LeavesNothing() => new Injection(InjectionKind.Outage, 2, 3, 2).Apply(Day, 8).ShouldBe([2, 2, 4, 0, 0, 8, 4, 2]);

    [Fact]
    public void Apply_MissingPeak_CutsTheRiseAboveTheDaysLowest() =>
        new Injection(InjectionKind.MissingPeak, 1, 2, 5).Apply(Day, 8).ShouldBe([2, 2, 2, 2, 2, 2, 2, 2]);

    [Fact]
    public void Apply_Ramp_RisesToTheMiddleAndFallsBack()
    {
        var ramp = new Injection(InjectionKind.Ramp, 1, 0, 5).Apply([1, 1, 1, 1, 1], 8);

        ramp[2].ShouldBe(2);
        ramp.ShouldBe(ramp.Reverse());
        ramp[0].ShouldBeInRange(1, ramp[1]);
    }

    [Theory]
    [InlineData(InjectionKind.Spike)]
    [InlineData(InjectionKind.Dip)]
    [InlineData(InjectionKind.Outage)]
    [InlineData(InjectionKind.Shift)]
    [InlineData(InjectionKind.Ramp)]
    [InlineData(InjectionKind.Plateau)]
    [InlineData(InjectionKind.MissingPeak)]
    public void Apply_MissingValues_StayMissing(InjectionKind kind) =>
        new Injection(kind, Injection.Sizes(kind)[0], 0, 3).Apply([1, double.NaN, 3, 4], 4)[1].ShouldBe(double.NaN);
}
