using System.Net;
using System.Text.Json;

namespace AiOutliers.Service.Tests.Process.Druid;

/// <summary>Questions that reach a real Druid's limits: of groups, of rows between two queries, of time.</summary>
[Trait("tier", "integration")]
[Collection(DruidService.Name)]
public sealed class DruidLimitTests(DruidService druid)
{
    private const string Head = """
        "granularity":{"type":"period","period":"PT5M"},"intervals":["2024-09-24T14:00Z/2024-09-24T15:00Z"]
        """;

    private const string Query = $$"""
        "dataSource":"rb_flow_detail",{{Head}},"aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}]
        """;

    private const string Groups = $$"""
        {"queryType":"groupBy",{{Query}},"dimensions":["src_ip"],"context":{"bufferGrouperMaxSize":100,"useCache":false} }
        """;

    /// <summary>Of an inner query Druid keeps no more rows than it is told.</summary>
    private const string Inner = $$"""
        {"queryType":"timeseries","dataSource":{"type":"query","query":{"queryType":"groupBy",{{Query}},"dimensions":["src_ip"]} },{{Head}},
         "aggregations":[{"type":"longSum","name":"sum","fieldName":"bytes"}],"context":{"maxSubqueryRows":1} }
        """;

    private const string Slow = $$"""{"queryType":"timeseries",{{Query}},"context":{"timeout":1,"useCache":false} }""";

    [Theory]
    [InlineData(Groups, "Resource limit exceeded")]
    [InlineData(Inner, "subqueries generated results beyond maximum[1] rows")]
    public async Task Detect_MoreThanDruidHolds_SaysSoAndWhatToDo(string query, string words)
    {
        var (status, problem) = await PostAsync("detect", $$"""{"query":{{query}},"history":"off"}""");

        status.ShouldBe(HttpStatusCode.BadRequest, problem.ToString());
        var detail = problem.GetProperty("detail").GetString()!;
        detail.ShouldContain(words);
        detail.ShouldContain("ask for fewer series, a shorter interval or a coarser granularity");
    }

    /// <summary>The values of three dimensions are more than Druid's dictionary may hold.</summary>
    [Fact]
    public async Task Explain_MoreValuesThanDruidHolds_TakesFewerDimensionsAndSaysSo()
    {
        var (status, answer) = await PostAsync("explain", $$"""
            {"query":{"queryType":"timeseries",{{Query}},"context":{"maxMergingDictionarySize":100,"useCache":false} },
             "window":{"from":1727187000000,"to":1727189100000},"dimensions":["src_ip","dst_ip","dst_port"]}
            """);

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        answer.GetProperty("warnings").ToString().ShouldContain("There are too many cells (");
        answer.GetProperty("elements").ToString().ShouldContain("10.1.2.3");
    }

    [Theory]
    [InlineData("detect", """ "history":"off" """)]
    [InlineData("explain", """ "window":{"from":1727187000000,"to":1727189100000},"dimensions":["src_ip","dst_ip"] """)]
    public async Task Post_QueryThatDruidCannotAnswerInItsTime_Is504(string what, string more)
    {
        var (status, problem) = await PostAsync(what, $$"""{"query":{{Slow}},{{more}} }""");

        status.ShouldBe(HttpStatusCode.GatewayTimeout, problem.ToString());
        problem.GetProperty("detail").GetString()!.ShouldContain("Query timeout");
    }

    private Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string what, string body)
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");
        return DruidService.PostAsync(druid.OnDruid, "/api/v2/" + what, body);
    }
}
