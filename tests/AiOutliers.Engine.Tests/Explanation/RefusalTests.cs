using AiOutliers.Detection;
using AiOutliers.Detection.Attribution;
using AiOutliers.Engine.Explanation;

namespace AiOutliers.Engine.Tests.Explanation;

/// <summary>A data source refuses a query, for its limits: what is left of the answer is given, and the rest is said.</summary>
public sealed class RefusalTests
{
    private static readonly string[] Dimensions = ["dst_ip", "protocol", "dst_port"];

    [Fact]
    public async Task Explain_CellsOfThreeDimensionsRefused_TakesTwo()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));

        var report = await ExplainAsync(flows, static query => query.Contains("groupBy") && Dimensions.All(query.Contains));

        report.Verdict.ShouldBe(ExplanationVerdict.Concentrated);
        report.Truncated.ShouldBeTrue();
        report.Warnings.ShouldHaveSingleItem().ShouldMatch(
            "^There are too many cells \\(Resource limit exceeded\\): only [a-z_]+, [a-z_]+ were looked into together.$");
    }

    [Fact]
    public async Task Explain_AllCellsRefused_TakesTheMostPromisingDimension()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));

        var report = await ExplainAsync(flows, static query => query.Contains("groupBy"));

        report.Elements.ShouldHaveSingleItem().Where.ShouldHaveSingleItem();
        report.Truncated.ShouldBeTrue();
    }

    /// <summary>As one of millions of values may be.</summary>
    [Fact]
    public async Task Explain_OneDimensionRefused_LooksIntoTheOthers()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));

        var report = await ExplainAsync(flows, static query => query.Contains("topN") && query.Contains("\"dimension\":\"protocol\""));

        report.Elements.ShouldHaveSingleItem().Where.ShouldBe([new ElementPart("dst_port", "53")]);
        report.Dimensions.ShouldBe(["dst_ip", "dst_port"]);
        report.Warnings.ShouldBe(["The dimension 'protocol' is left out: Resource limit exceeded."]);
    }

    [Fact]
    public async Task Explain_EveryDimensionRefused_Fails()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));

        (await Should.ThrowAsync<AiOutliersException>(() => ExplainAsync(flows, static query => query.Contains("topN"))))
            .Message.ShouldBe(RefusingSource.Words);
    }

    [Fact]
    public async Task Explain_CountsRefused_NamesTheElementWithoutThem()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));

        var report = await ExplainAsync(flows, static query => query.Contains("cardinality"));

        report.Elements.ShouldHaveSingleItem().Distinct.ShouldBeEmpty();
        report.Warnings.ShouldBe(["Not all that is known of the elements could be asked: Resource limit exceeded."]);
    }

    /// <summary>One target has twice as much, another nothing: of what is left of the total, a share would be thousands of percent.</summary>
    [Fact]
    public async Task Words_TotalThatHardlyDeviates_TellNoShares()
    {
        using var flows = new FlowFolder(factor: static (week, target) =>
            week > 0 ? 1 : target == "10.0.0.3" ? 2 : target == "10.0.0.4" ? 0 : 1);

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "dst_port"));

        report.Verdict.ShouldBe(ExplanationVerdict.HardlyDeviates);
        report.Elements.ShouldNotBeEmpty();
        var words = ExplanationWords.Of(report);
        words.Count.ShouldBe(1 + report.Elements.Count);
        words[0].ShouldStartWith("bytes hardly deviates here: ");
        words.Skip(1).ShouldAllBe(static line => line.StartsWith("dst_"));
    }

    private static Task<ExplanationReport> ExplainAsync(FlowFolder flows, Func<string, bool> refuses) =>
        flows.ExplainAsync(FlowFolder.Request(Dimensions), refuses: refuses);
}
