using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Building;

public sealed class TrafficSchemaTests
{
    private const string Count = """{"name":"bytes","aggregator":{"type":"longSum","fieldName":"b"}}""";

    [Fact]
    public void ParseMetrics_TheListInTheDocuments_IsTheDefault()
    {
        var page = File.ReadAllText(Path.Combine(Golden.Root, "docs", "configuration.md"));
        var json = page.Split("```json\n")[1].Split("```")[0];

        TrafficSchema.ParseMetrics(Encoding.UTF8.GetBytes(json)).ShouldBe(new TrafficSchema().Metrics);
    }

    [Theory]
    [InlineData("[", "cannot be read")]
    [InlineData("[null]", "null stands in the list")]
    [InlineData("[]", "no metric has an aggregator")]
    [InlineData("""[{"aggregator":{"type":"count"}}]""", "name")]
    [InlineData("""[{"name":"granularity","aggregator":{"type":"count"}}]""", "another name")]
    [InlineData("""[{"name":"x","aggregator":{"fieldName":"y"}}]""", "'x': its aggregator lacks a \"type\"")]
    [InlineData($"[{Count},{Count}]", "'bytes' is named twice")]
    [InlineData($$"""[{{Count}},{"name":"x","of":"bytes"}]""", "\"of\" needs \"per\"")]
    [InlineData($$"""[{{Count}},{"name":"x","per":"bytes"}]""", "needs an \"aggregator\", or \"of\"")]
    [InlineData($$"""[{{Count}},{"name":"x","of":"pkts","per_second":true}]""", "'pkts' is not a metric with an aggregator")]
    [InlineData($$"""[{{Count}},{"name":"x","of":"bytes","per":"clients"}]""", "'clients' is not a metric with an aggregator")]
    [InlineData("""[{"name":"x","aggregator":{"type":"count"},"per_second":true}]""", "an aggregator stands alone")]
    [InlineData("""[{"name":"x","aggregator":{"type":"count"},"unitt":"B"}]""", "unitt")]
    public void ParseMetrics_WhatDoesNotFit_IsNamed(string json, string words)
    {
        var error = Should.Throw<AiOutliersException>(() => TrafficSchema.ParseMetrics(Encoding.UTF8.GetBytes(json)));

        (error.Kind, error.Message.Contains(words, StringComparison.Ordinal)).ShouldBe((ErrorKind.BadConfiguration, true), error.Message);
    }

    [Fact]
    public void Build_OtherMetrics_AsksForThemAndMakesNumbersOfSketches()
    {
        var schema = new TrafficSchema
        {
            Metrics = TrafficSchema.ParseMetrics("""
                [{"name":"octets","aggregator":{"type":"doubleSum","fieldName":"o"}},
                 {"name":"hosts","aggregator":{"type":"thetaSketch","fieldName":"h"}},
                 {"name":"per_host","of":"octets","per":"hosts"}]
                """u8),
        };

        var built = TrafficQuery.Build(DruidQuery.Parse("""{"queryType":"timeseries","granularity":"hour"}"""u8), schema);

        built.Aggregations!.Select(static one => (one.Type, one.Name, one.FieldName))
            .ShouldBe([("doubleSum", "octets", "o"), ("thetaSketch", "hosts", "h")]);
        built.PostAggregations!.Single().Fields!.Select(static field => (field.Type, field.FieldName))
            .ShouldBe([("fieldAccess", "octets"), ("finalizingFieldAccess", "hosts")]);
    }
}
