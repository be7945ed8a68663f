using AiOutliers.Detection.Attribution;
using AiOutliers.Samples.FlowCells;

namespace AiOutliers.Detection.Tests.Attribution;

/// <summary>Generated networks of some 80,000 cells with causes that are known.</summary>
[Trait("tier", "functional")]
public sealed class FlowCaseTests
{
    [Fact]
    public void Attribute_EveryKindOfIncident_NamesTheCauseAndNothingElse()
    {
        var cases = from kind in Enum.GetValues<FlowCaseKind>() select (Kind: kind, Judged: JudgedCase.Of(kind, seed: 1));

        var missed = cases.Where(static one => !one.Judged.IsExact).ToList();

        missed.Count.ShouldBeLessThanOrEqualTo(1, string.Join(", ", missed.Select(static one => one.Kind)));
    }

    [Theory]
    [InlineData(FlowCaseKind.Spread, AttributionVerdict.Outside)]
    [InlineData(FlowCaseKind.Nothing, AttributionVerdict.Outside)]
    [InlineData(FlowCaseKind.Flood, AttributionVerdict.Concentrated)]
    [InlineData(FlowCaseKind.ScanOfPort, AttributionVerdict.Concentrated)]
    internal void Attribute_Incident_SaysWhereItLies(FlowCaseKind kind, AttributionVerdict verdict) =>
        JudgedCase.Of(kind, 1).Result.Verdict.ShouldBe(verdict);

    [Fact]
    public void Attribute_SameCellsInAnotherOrder_GivesTheSameAnswer()
    {
        var one = FlowCase.Of(FlowCaseKind.Two, 1);
        var result = Attributor.Attribute(JudgedCase.Cells(one));
        Array.Reverse(one.Cells);
        Array.Reverse(one.Actual);
        Array.Reverse(one.Expected);

        var reversed = Attributor.Attribute(JudgedCase.Cells(one));

        reversed.Elements.Select(static element => string.Join(',', element.Where))
            .ShouldBe(result.Elements.Select(static element => string.Join(',', element.Where)));
        reversed.Explained.ShouldBe(result.Explained, 1e-9);
    }
}
