using System.Globalization;
using System.Net;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

[Trait("tier", "integration")]
public sealed class OutlierEndpointTests(ServiceFixture fixture)
{
    [Theory]
    [InlineData("/calculate", "prediction")]
    [InlineData("/api/v1/outliers", "predicted")]
    public async Task Post_DayWithASpike_NamesItsTimestampOnceAndForecastsEveryRow(string path, string forecastKey)
    {
        var answer = await ServiceFixture.PostAsync(fixture.Service, path, ("data", Rows.Day(1440, spike: 700)));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Json.GetProperty("status").GetString().ShouldBe("success");
        answer.Json.GetProperty("anomalies").EnumerateArray().Count(row => row.GetProperty("timestamp").GetString() == Rows.Stamp(700)).ShouldBe(1);
        answer.Json.GetProperty(forecastKey).GetArrayLength().ShouldBe(1440);
        answer.Json.GetProperty(forecastKey)[0].GetProperty("timestamp").GetString().ShouldBe("2023-10-12T00:00:00.000Z");
        answer.RequestId.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Post_DataAndQuery_IgnoresTheQuery()
    {
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("query", "no JSON"), ("data", Rows.Day(100)));
        answer.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_SameDataTwice_GetsTheSameAnswer()
    {
        var first = await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("data", Rows.Day(1440, spike: 3)));
        var second = await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("data", Rows.Day(1440, spike: 3)));
        second.Json.GetRawText().ShouldBe(first.Json.GetRawText());
    }

    [Theory]
    [InlineData("no-such-model", "no-such-model")]
    [InlineData("../k2_traffic_trained", "../k2_traffic_trained")]
    [InlineData("..%2fk2_traffic_trained", "..%2fk2_traffic_trained")]
    [InlineData("/etc/passwd", "/etc/passwd")]
    [InlineData("k2_nul_trained\0", "k2_nul_trained")]
    public async Task Post_UnknownModel_FallsThroughToTheDefaultDetectorAndIsLogged(string name, string words)
    {
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("data", Rows.Day(200)), ("model", name));
        answer.Status.ShouldBe(HttpStatusCode.OK);
        // Other tests write into the same log, and none asks for these names.
        await fixture.Service.SaysAsync($"No model is named {words}");
    }

    [Fact]
    public async Task Post_IpIdentifier_AnswersAJsonStringThatHoldsJson()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Golden.Path("python-service/ip_identifier.json")));
        using var form = new FormUrlEncodedContent([new("payload", golden.RootElement.GetProperty("payload").GetRawText())]);
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/api/v1/ip_identifier", form);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Json.GetString().ShouldBe("""{"ips":[{"caused_by":["10.0.0.3"]}]}""");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Post_IpIdentifierWithAnotherShape_Is400(string payload)
    {
        using var form = new FormUrlEncodedContent([new("payload", payload)]);
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/api/v1/ip_identifier", form);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Json.GetRawText().ShouldBe("""{"error":"Invalid data format"}""");
    }

    [Fact]
    public async Task Get_Metrics_CountsTheAnswers()
    {
        var before = await CountAsync("aioutliers_answers_total");
        var rows = await CountAsync("aioutliers_rows_total");

        for (var i = 0; i < 3; i++)
            await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("data", Rows.Day(100)));

        // Other tests ask the same service meanwhile; and what is scraped is up to a moment old.
        for (var patience = 0; patience < 50 && await CountAsync("aioutliers_answers_total") < before + 3; patience++)
            await Task.Delay(100);
        (await CountAsync("aioutliers_answers_total")).ShouldBeGreaterThanOrEqualTo(before + 3);
        (await CountAsync("aioutliers_rows_total")).ShouldBeGreaterThanOrEqualTo(rows + 300);
        (await fixture.Service.Client.GetStringAsync("/metrics")).ShouldContain("http_server_request_duration_seconds");
    }

    /// <summary>Over all labels.</summary>
    private async Task<double> CountAsync(string metric) =>
        (await fixture.Service.Client.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Get_Health_IsOk(string path) => (await fixture.Service.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
}
