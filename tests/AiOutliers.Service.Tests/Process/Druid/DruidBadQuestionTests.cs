using System.Net;
using System.Text.Json;

namespace AiOutliers.Service.Tests.Process.Druid;

/// <summary>What a real Druid cuts or does not have is said with what to do about it.</summary>
[Trait("tier", "integration")]
[Collection(DruidService.Name)]
public sealed class DruidBadQuestionTests(DruidService druid)
{
    private const string Sum = """{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}""";

    private const string Query = $$"""
        "queryType":"groupBy","dataSource":"rb_flow_detail","granularity":{"type":"period","period":"PT5M"},
        "intervals":["2024-09-24T14:00Z/2024-09-24T15:00Z"],"aggregations":[{{Sum}}]
        """;

    [Fact]
    public async Task Detect_AnswerAsLongAsItsLimit_IsToldOf()
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        var (status, answer) = await DetectAsync($$"""
            {"query":{ {{Query}}, "dimensions":["dst_ip"],"limitSpec":{"type":"default","limit":50,"columns":[]} }, "history":"off" }
            """);

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("warnings").ToString().ShouldContain("as many rows as its limitSpec allows, 50");
    }

    [Theory]
    [InlineData("colour", "'colour' is not a dimension of rb_flow_detail; it has: ")]
    [InlineData("window_actual", "'window_actual' is not a dimension")]
    public async Task Detect_DimensionThatDoesNotExist_NamesThoseThatDo(string dimension, string words)
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        var (status, problem) = await DetectAsync($$"""{"query":{ {{Query}}, "dimensions":["{{dimension}}"] } }""");

        status.ShouldBe(HttpStatusCode.BadRequest, problem.ToString());
        problem.GetProperty("detail").GetString()!.ShouldContain(words);
    }

    [Fact]
    public async Task Detect_TimeThatNoSegmentCovers_IsAWarningWhereDruidWasAskedToSay()
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        var (status, answer) = await DetectAsync($$"""
            {"query":{ {{Query.Replace("rb_flow_detail", "rb_flow").Replace("2024-09-24T15:00Z", "2024-10-02T00:00Z")}},
             "dimensions":["sensor_name"],"context":{"uncoveredIntervalsLimit":10} } }
            """);

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("warnings").ToString().ShouldContain("Druid has only a part of 2024-09-30T00:00:00Z/2024-10-02T00:00:00Z");
    }

    [Theory]
    [InlineData("""{"type":"cardinality","name":"m","fields":["src_ip"]}""")]
    [InlineData("""{"type":"hyperUnique","name":"m","fieldName":"src_ip"}""")]
    [InlineData("""{"type":"thetaSketch","name":"m","fieldName":"src_ip","size":1024}""")]
    public async Task Detect_Sketches_AreNumbers(string metric)
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        var (status, answer) = await DetectAsync($$"""
            {"query":{ {{Query.Replace(Sum, metric)}}, "dimensions":["sensor_name"] } }
            """);

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("counts").GetProperty("series").GetInt32().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("""{"type":"longSum","name":"m","fieldName":"country"}""", HttpStatusCode.OK, "all values of m are alike")]
    [InlineData("""{"type":"stringLast","name":"m","fieldName":"country"}""", HttpStatusCode.OK, "'m' is left out: it holds something other")]
    [InlineData("""{"type":"noSuchThing","name":"m"}""", HttpStatusCode.BadRequest, "has a type that this Druid does not know")]
    public async Task Detect_MetricsThatAreNoNumbers_AreSaidToBe(string metric, HttpStatusCode expected, string words)
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        var (status, answer) = await DetectAsync($$"""
            {"query":{ {{Query.Replace(Sum, metric)}}, "dimensions":["sensor_name"] } }
            """);

        status.ShouldBe(expected, answer.ToString());
        answer.ToString().ShouldContain(words);
    }

    private Task<(HttpStatusCode Status, JsonElement Json)> DetectAsync(string body) =>
        DruidService.PostAsync(druid.OnDruid, "/api/v2/detect", body);
}
