using System.Net;
using System.Text;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Service.Tests.Process;

/// <summary>The service in front of a data source: the samples, and a broker that fails in every way.</summary>
[Trait("tier", "integration")]
public sealed class SourceTests
{
    private const string Query = """{"queryType":"timeseries","dataSource":"rb_flow","granularity":"pt5m","intervals":["2024-09-24/P1D"],"filter":{"type":"selector","dimension":"sensor_name","value":"headquarters"},"aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}],"context":{"timeout":500}}""";

    private static readonly string Samples = Path.Combine(Golden.Path("."), "..", "..", "samples");

    [Theory]
    [InlineData(null)]
    [InlineData("k2_traffic_trained")]
    public async Task Post_QueryOverTheSamples_FindsTheFlood(string? model)
    {
        await using var service = await StartAsync("duckdb:" + Samples);
        (string, string)[] fields = model is null ? [("query", Query)] : [("query", Query), ("model", model)];

        var answer = await ServiceFixture.PostAsync(service, "/calculate", fields);

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Json.GetRawText());
        answer.Json.GetProperty("prediction").GetArrayLength().ShouldBe(288);
        answer.Json.GetProperty("anomalies").EnumerateArray().Select(row => row.GetProperty("timestamp").GetString()).ShouldContain("2024-09-24T14:10:00.000Z");
    }

    [Fact]
    public async Task Post_QueryOfASensorWithAModel_RunsTheModelAndAsksForTheTrafficSet()
    {
        using var models = new TemporaryFolder();
        foreach (var extension in new[] { ".keras", ".ini" })
            File.Copy(Golden.Path("keras/k2_traffic_trained" + extension), Path.Combine(models.Path, "hq" + extension));
        File.WriteAllText(Path.Combine(models.Path, "hq_filter.json"), """{"type":"selector","dimension":"sensor_name","value":"headquarters"}""");
        await using var service = await StartAsync("duckdb:" + Samples, models.Path);

        (await ServiceFixture.PostAsync(service, "/calculate", ("query", Query))).Status.ShouldBe(HttpStatusCode.OK);

        await service.SaysAsync("judged by autoencoder hq");
    }

    public static TheoryData<string, int, string?, string, string> Failures => new()
    {
        { "an error object", 500, "application/json", """{"error":"Unknown exception","errorMessage":"No such thing","errorClass":"java.lang.X","host":"internal-host:8082"}""", "500: Unknown exception: No such thing" },
        { "a page", 500, "text/html", "<html><body>secret</body></html>", "500: with text/html instead of Druid's JSON" },
        { "a page with 200", 200, "text/html", "<html></html>", "text/html instead of Druid's JSON" },
        { "half an answer", 200, "application/json", "[{\"timestamp\":\"2024", "the broker's answer cannot be used" },
        { "nothing found", 200, "application/json", "[]", "the data has no rows" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Post_BrokerAnswersOddly_SaysWhatAndGoesOn(string what, int status, string? type, string body, string expected)
    {
        await using var broker = await FakeBroker.StartAsync(status, type, Encoding.UTF8.GetBytes(body));
        await using var service = await StartAsync(broker.Endpoint.ToString());
        await ShouldFailAsync(service, expected, what);
    }

    [Fact]
    public async Task Post_BrokerIsDown_SaysSo()
    {
        Uri endpoint;
        await using (var broker = await FakeBroker.StartAsync(200, null, []))
            endpoint = broker.Endpoint;
        await using var service = await StartAsync(endpoint.ToString());
        await ShouldFailAsync(service, "cannot be reached", "down");
    }

    [Fact]
    public async Task Post_BrokerIsSlow_EndsWithTheQuerysTimeout()
    {
        await using var broker = await FakeBroker.StartAsync((context, _) => Task.Delay(TimeSpan.FromMinutes(5), context.RequestAborted));
        await using var service = await StartAsync(broker.Endpoint.ToString());
        await ShouldFailAsync(service, "did not answer within 5.5 s", "slow");
    }

    [Fact]
    public async Task Post_BrokerClosesHalfWay_SaysSo()
    {
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[{\"timestamp\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var service = await StartAsync(broker.Endpoint.ToString());
        await ShouldFailAsync(service, "before its answer was complete", "half-closed");
    }

    [Fact]
    public async Task Post_ErrorStatus200_IsWhatOldClientsGet()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string> { ["OutliersServerProduction__error_status"] = "200" });
        var answer = await ServiceFixture.PostAsync(service, "/calculate", ("data", "[]"));
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Json.GetProperty("status").GetString().ShouldBe("error");
    }

    private static Task<ServiceProcess> StartAsync(string endpoint, string? models = null) => ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
    {
        ["Druid__druid_endpoint"] = endpoint,
        ["Models__path"] = models ?? Golden.Path("keras"),
    });

    private static async Task ShouldFailAsync(ServiceProcess service, string expected, string what)
    {
        var answer = await ServiceFixture.PostAsync(service, "/calculate", ("query", Query));
        answer.Status.ShouldBe(HttpStatusCode.InternalServerError, what);
        answer.Message.ShouldNotBeNull().ShouldContain(expected);
        answer.Message.ShouldNotContain("secret");
        answer.Message.ShouldNotContain("internal-host");
        (await ServiceFixture.PostAsync(service, "/calculate", ("data", Rows.Day(100)))).Status.ShouldBe(HttpStatusCode.OK, what);
    }
}
