using AiOutliers.Detection;
using AiOutliers.Detection.Attribution;
using AiOutliers.Detection.Incidents;
using AiOutliers.Druid.Building;
using AiOutliers.Engine.Explanation;

namespace AiOutliers.Engine.Tests.Explanation;

public sealed class ExplainerTests
{
    [Fact]
    public async Task Explain_Flood_NamesTargetWithItsSourcesAndPort()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "protocol", "dst_port"));

        report.Verdict.ShouldBe(ExplanationVerdict.Concentrated);
        var element = report.Elements.ShouldHaveSingleItem();
        // Protocol 17 occurs in the flood only: the same cells have the simpler name, and the target is told with it.
        (element.Where.Select(Text).Concat(element.Refinements.Select(static own => $"{own.Dimension}={own.Value}"))).Order()
            .ShouldBe(["dst_ip=10.0.0.7", "dst_port=53", "protocol=17"]);
        element.Share.ShouldBe(1, 0.02);
        element.Distinct.ShouldBe([KeyValuePair.Create("src_ip", 900L)]);
        (report.References, report.Truncated).ShouldBe((4, false));
        report.Value.ShouldBe(report.Expected + 1_800_000, 1);
    }

    [Fact]
    public async Task Explain_EverythingAtAnotherLevel_LiesOutside()
    {
        using var flows = new FlowFolder(factor: static (week, _) => week == 0 ? 1.5 : 1);

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "dst_port", "sensor_name"));

        report.Verdict.ShouldBe(ExplanationVerdict.Outside);
        report.OutsideShare.ShouldBe(1, 0.05);
        ExplanationWords.Of(report).ShouldContain(static line => line.Contains("outside these dimensions", StringComparison.Ordinal));
    }

    /// <summary>Chile's clock went forward on 8 September 2024: before, its 11 o'clock was at 15:00 UTC, where there are no rows.</summary>
    [Fact]
    public async Task Explain_TimeZone_TakesTheSameTimeOfItsClock()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));
        var request = FlowFolder.Request("dst_ip");

        var report = await flows.ExplainAsync(request with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/Santiago") });

        (await flows.ExplainAsync(request)).References.ShouldBe(4);
        report.References.ShouldBe(2);
    }

    [Fact]
    public async Task Explain_ValueThatVanished_IsGone()
    {
        using var flows = new FlowFolder(factor: static (week, target) => week == 0 && target == "10.0.0.3" ? 0 : 1);

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "dst_port") with { Direction = Direction.Down });

        var element = report.Elements.ShouldHaveSingleItem();
        element.Where.ShouldBe([new ElementPart("dst_ip", "10.0.0.3")]);
        element.IsGone.ShouldBeTrue();
        ExplanationWords.Of(report)[0].ShouldBe("All of it: dst_ip 10.0.0.3 (of it: dst_port 83 100 %); gone");
    }

    /// <summary>The rest rose by more than the one target had: the total says up, and the window names no direction.</summary>
    [Fact]
    public async Task Explain_ValueThatVanishedWhileTheTotalRose_StandsOut()
    {
        using var flows = new FlowFolder(factor: static (week, target) => week > 0 ? 1 : target == "10.0.0.3" ? 0 : 1.1);

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "dst_port"));

        report.Deviation.ShouldBePositive();
        var element = report.Elements.ShouldHaveSingleItem();
        element.Where.ShouldBe([new ElementPart("dst_ip", "10.0.0.3")]);
        (element.IsGone, element.Share < 0).ShouldBe((true, true));
        ExplanationWords.Of(report)[0].ShouldBe("dst_ip 10.0.0.3 (of it: dst_port 83 100 %); gone");
        ExplanationWords.Of(report)[^1].ShouldBe("The total moved the other way: these values stand out against the rest.");
    }

    [Fact]
    public async Task Explain_OddEarlierWeek_IsLeftOut()
    {
        using var flows = new FlowFolder(
            more: FlowFolder.Flood("10.0.0.7"), factor: static (week, target) => week == 2 && target == "10.0.0.7" ? 100 : 1);

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "protocol"));

        report.References.ShouldBe(3);
        report.Warnings.ShouldContain(static text => text.Contains("1 of 4 earlier weeks", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "Earlier weeks have no data")]
    [InlineData(2, "2 earlier weeks only")]
    public async Task Explain_FewWeeks_SaysSo(int weeks, string words)
    {
        using var flows = new FlowFolder(weeks, FlowFolder.Flood("10.0.0.7"));

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "protocol"));

        report.Warnings.ShouldContain(text => text.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_DetectorsExpectation_ScalesTheWeeks()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));
        var plain = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "protocol"));

        var scaled = await flows.ExplainAsync(
            FlowFolder.Request("dst_ip", "protocol") with { Judged = (plain.Value, 0.9 * plain.Expected) });

        scaled.Expected.ShouldBe(0.9 * plain.Expected, 1);
    }

    [Fact]
    public async Task Explain_OneSeriesOfMany_LooksAtItsRowsOnly()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));
        var request = FlowFolder.Request("dst_ip", "protocol");
        var many = request with
        {
            Query = KeyedQuery.By(request.Query, ["sensor_name"]),
            Key = new([KeyValuePair.Create("sensor_name", "b")]),
        };

        (await flows.ExplainAsync(many)).Verdict.ShouldBe(ExplanationVerdict.NoData);
        (await flows.ExplainAsync(many with { Key = new([KeyValuePair.Create("sensor_name", "a")]) })).Elements.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Explain_MetricTimesAConstant_IsToldInItsUnit()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));
        var bytes = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "protocol"));

        var bits = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "protocol") with { Metric = "bits" });

        (bits.Value, bits.Elements[0].Value).ShouldBe((8 * bytes.Value, 8 * bytes.Elements[0].Value));
    }

    /// <summary>More rows of the usual size do not move a ratio; one target's larger rows do.</summary>
    [Fact]
    public async Task Explain_RatioOfTwoSums_NamesWhatChangedIt()
    {
        using var flows = new FlowFolder(
            more: FlowFolder.Flood("10.0.0.7").Select(static row => row with { Bytes = 1042 }),
            factor: static (week, target) => week == 0 && target == "10.0.0.3" ? 4 : 1);

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "protocol", "dst_port") with { Metric = "bits_per_row" });

        report.Verdict.ShouldBe(ExplanationVerdict.Concentrated);
        var element = report.Elements.ShouldHaveSingleItem();
        element.Where.ShouldBe([new ElementPart("dst_ip", "10.0.0.3")]);
        (element.IsNew, element.IsGone).ShouldBe((false, false));
        element.Expected.ShouldBe(8 * 1042, 100);
        element.Value.ShouldBe(4 * element.Expected, 400);
        report.Expected.ShouldBe(8 * 1042, 100);
        report.Value.ShouldBe(report.Expected + 20 * (element.Value - element.Expected) / 1300, 100);
    }

    [Fact]
    public async Task Explain_RatioWithoutAWeekBefore_IsNew()
    {
        using var flows = new FlowFolder(weeks: 0);

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "protocol") with { Metric = "bits_per_row" });

        (report.Expected, report.References).ShouldBe((0, 0));
        report.Value.ShouldBe(8 * 1042, 100);
    }

    [Fact]
    public async Task Explain_DistinctCount_SaysWhatAddsUp()
    {
        using var flows = new FlowFolder();

        (await Should.ThrowAsync<AiOutliersException>(() => flows.ExplainAsync(FlowFolder.Request("dst_ip") with { Metric = "hosts" })))
            .Message.ShouldContain("ask about bytes, rows");
    }

    [Fact]
    public async Task Explain_DimensionThatDoesNotExist_IsLeftOutAndSaid()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));

        var report = await flows.ExplainAsync(FlowFolder.Request("dst_ip", "nowhere", "tags"));

        report.Dimensions.ShouldBe(["dst_ip"]);
        report.Warnings.ShouldContain(static text => text.Contains("'nowhere' has no values", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_OnlyDimensionsThatDoNotExist_SaysWhichThereAre()
    {
        using var flows = new FlowFolder();

        (await Should.ThrowAsync<AiOutliersException>(() => flows.ExplainAsync(FlowFolder.Request("nowhere"))))
            .Message.ShouldStartWith("'nowhere' is not a dimension of flows; it has: src_ip, dst_ip, ");
    }

    /// <summary>Nothing was compared, so nothing is said to lie outside.</summary>
    [Fact]
    public async Task Explain_OneValueInTheDimension_HasNothingToChoose()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"));

        var report = await flows.ExplainAsync(FlowFolder.Request("tags"));

        report.Verdict.ShouldBe(ExplanationVerdict.NoData);
        ExplanationWords.Of(report).ShouldBe(["No dimension can explain it."]);
        report.Warnings.ShouldContain("The dimension 'tags' has one value here: there is nothing to choose.");
    }

    [Fact]
    public async Task Explain_OtherDataSource_HoldsTheFlows()
    {
        using var flows = new FlowFolder(more: FlowFolder.Flood("10.0.0.7"), name: "detail");

        (await flows.ExplainAsync(FlowFolder.Request("dst_ip", "protocol"))).Verdict.ShouldBe(ExplanationVerdict.NoData);
        (await flows.ExplainAsync(
            FlowFolder.Request("dst_ip", "protocol"), new() { DataSource = "flows", ExplainDataSource = "detail" }))
            .Verdict.ShouldBe(ExplanationVerdict.Concentrated);
    }

    private static string Text(ElementPart part) => $"{part.Dimension}={part.Value}";
}
