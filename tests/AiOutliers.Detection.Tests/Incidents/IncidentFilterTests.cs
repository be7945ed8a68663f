using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Tests.Incidents;

public sealed class IncidentFilterTests
{
    private static readonly double[] Expected = [100, 100, 100, 100];

    [Theory]
    [InlineData(Direction.Both, 1, true)]
    [InlineData(Direction.Both, -1, true)]
    [InlineData(Direction.Up, 1, true)]
    [InlineData(Direction.Up, -1, false)]
    [InlineData(Direction.Down, 1, false)]
    [InlineData(Direction.Down, -1, true)]
    public void Keeps_Direction_IsTheSideOfTheIncident(Direction direction, int sign, bool expected) =>
        Keeps(new(direction), sign, [100, 100 + sign, 100, 100]).ShouldBe(expected);

    [Theory]
    [InlineData(1, 119.9, 20, 0, false)]
    [InlineData(1, 120, 20, 0, true)]
    [InlineData(1, 120, 0, 0.2, true)]
    [InlineData(1, 120, 0, 0.21, false)]
    [InlineData(1, 120, 20, 0.21, false)]
    [InlineData(-1, 80, 20, 0.2, true)]
    [InlineData(-1, 120, 20, 0, false)]
    public void Keeps_Deviation_IsOneRowsToTheSideOfTheIncident(int sign, double peak, double least, double leastShare, bool expected) =>
        Keeps(new(MinDeviation: least, MinRelativeDeviation: leastShare), sign, [100, peak, double.NaN, 100]).ShouldBe(expected);

    /// <summary>One row that reaches the size and another that reaches the share are not one that reaches both.</summary>
    [Fact]
    public void Keeps_SizeAndShare_AreOfTheSameRow() => new IncidentFilter(MinDeviation: 50, MinRelativeDeviation: 0.5)
        .Keeps(Group(1), 0, 1, [1060, 12], [1000, 2]).ShouldBeFalse();

    [Fact]
    public void Keeps_RowsOutsideOfTheIncident_DoNotCount() =>
        new IncidentFilter(MinDeviation: 50).Keeps(Group(1), 1, 2, [500, 110, 110, 500], Expected).ShouldBeFalse();

    [Fact]
    public void Keeps_Gap_HasNoDeviationToMeasure()
    {
        new IncidentFilter(MinDeviation: 50).Keeps(Group(-1), 2, 1, [100, 100, 100, 100], Expected).ShouldBeTrue();
        new IncidentFilter(Direction.Up).Keeps(Group(-1), 2, 1, [100, 100, 100, 100], Expected).ShouldBeFalse();
    }

    private static bool Keeps(IncidentFilter filter, int sign, double[] values) => filter.Keeps(Group(sign), 0, 3, values, Expected);

    private static IncidentGroup Group(int sign) => new([new(0, 4, sign, AlarmClasses.Sharp)]);
}
