using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Short queries over the samples: judged with the weeks before, and told so.</summary>
[Trait("tier", "integration")]
public sealed class HistoryTests : IAsyncLifetime
{
    private static readonly string Samples = Path.Combine(Golden.Path("."), "..", "..", "samples");

    private ServiceProcess _service = null!;

    public async ValueTask InitializeAsync() => _service = await StartAsync("duckdb:" + Samples);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("headquarters", "2024-09-12T09:40")]
    [InlineData("headquarters", "2024-09-24T14:10")]
    [InlineData("headquarters", "2024-09-27T11:00")]
    [InlineData("branch-madrid", "2024-09-25T10:05")]
    public async Task Calculate_AnHourAroundAnIncident_MarksItsFirstMinutes(string sensor, string begin)
    {
        var start = DateTimeOffset.Parse(begin + "Z", CultureInfo.InvariantCulture);
        foreach (var before in new[] { 45, 20, 0 })
        {
            var (answer, headers) = await AskAsync(_service, Hour(sensor, start.AddMinutes(-before)));

            answer.GetProperty("prediction").GetArrayLength().ShouldBe(60);
            var marked = answer.GetProperty("anomalies").EnumerateArray().Select(row => row.GetProperty("timestamp").GetString()).ToArray();
            marked.Intersect(Enumerable.Range(0, 6).Select(minute => $"{start.AddMinutes(minute):yyyy-MM-ddTHH:mm}:00.000Z"))
                .ShouldNotBeEmpty($"the hour begins {before} minutes before");
            headers["X-AiOutliers-Metric"].ShouldBe("bytes");
            headers["X-AiOutliers-Detector"].ShouldBe("seasonal-scan");
            headers.ShouldNotContainKey("X-AiOutliers-Model");
            int.Parse(headers["X-AiOutliers-History"], CultureInfo.InvariantCulture).ShouldBeGreaterThan(13_000);
        }
    }

    /// <summary>The query of the README: the flood's minutes, and no other.</summary>
    [Fact]
    public async Task Calculate_TheDocumentedHour_MarksTheFloodAndNothingElse()
    {
        var (answer, headers) = await AskAsync(_service, File.ReadAllText(Path.Combine(Samples, "hour.json")));

        answer.GetProperty("anomalies").EnumerateArray().Select(row => row.GetProperty("timestamp").GetString())
            .ShouldBe(Enumerable.Range(10, 15).Select(minute => $"2024-09-24T14:{minute}:00.000Z"));
        headers["X-AiOutliers-History"].ShouldBe("20160");
    }

    [Fact]
    public async Task Calculate_HistoryOff_JudgesTheHourByItself()
    {
        await using var service = await StartAsync("duckdb:" + Samples, ("Outliers__history", "off"));
        var (answer, headers) = await AskAsync(service, Hour("headquarters", new(2024, 9, 24, 13, 25, 0, TimeSpan.Zero)));
        answer.GetProperty("anomalies").GetArrayLength().ShouldBe(0);
        headers["X-AiOutliers-History"].ShouldBe("0");
    }

    [Fact]
    public async Task Calculate_DeepModelAndTwentyRows_GetsItsWindowFromBefore()
    {
        var start = new DateTimeOffset(2024, 9, 24, 14, 0, 0, TimeSpan.Zero);
        var (answer, headers) = await AskAsync(_service, Hour("headquarters", start, minutes: 20), model: "k2_traffic_trained");

        answer.GetProperty("prediction").GetArrayLength().ShouldBe(20);
        headers["X-AiOutliers-Model"].ShouldBe("k2_traffic_trained");
        headers["X-AiOutliers-Detector"].ShouldBe("autoencoder");
        headers["X-AiOutliers-History"].ShouldBe("128");
    }

    [Fact]
    public async Task Calculate_DataBeginsInTheHour_SaysWhatIsMissing()
    {
        var (answer, _) = await AskAsync(_service, Hour("headquarters", new(2024, 9, 1, 23, 5, 0, TimeSpan.Zero)));
        answer.GetProperty("msg").GetString().ShouldNotBeNull().ShouldContain("too short to judge: 5 values");
    }

    [Theory]
    [InlineData("2030-01-01T00:00:00Z/PT1H", "no rows")]
    [InlineData("2024-09-24T14:00:00Z/2024-09-24T14:00:00Z", "no rows")]
    [InlineData("2024-10-05T14:00:00Z/PT1H", "the last one before it is 2024-09-29T23:59:00.000Z")]
    public async Task Calculate_IntervalWithoutRows_SaysSo(string interval, string words)
    {
        var answer = await ServiceFixture.PostAsync(_service, "/calculate", ("query", Query("headquarters", interval)));
        answer.Status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Message.ShouldNotBeNull().ShouldContain(words);
    }

    [Fact]
    public async Task Calculate_MetricThatTheQuerysAnswerLacks_TakesItsFirstAggregation()
    {
        const string Flows = "\"aggregations\":[{\"type\":\"longSum\",\"name\":\"flows\",\"fieldName\":\"events\"},{\"type\":\"longSum\",\"name\":\"a\",\"fieldName\":\"sum_pkts\"}]";
        var (_, headers) = await AskAsync(_service, Query("headquarters", "2024-09-24T14:00:00Z/PT1H", Flows));
        headers["X-AiOutliers-Metric"].ShouldBe("flows");
    }

    [Fact]
    public async Task Calculate_BrokerInItsOwnOrder_JudgesWhatWasMeantAndNamesItInAscii()
    {
        await using var broker = await FakeBroker.StartAsync(async (context, _) => await context.Response.WriteAsync(
            "[" + string.Join(',', Enumerable.Range(0, 100).Select(row => $$$"""{"timestamp":"{{{Rows.Stamp(row)}}}","result":{"clients":{{{row % 3}}},"größe":{{{row % 7}}}}}""")) + "]"));
        await using var service = await StartAsync(broker.Endpoint.ToString());
        var text = """{"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["2023-10-12/PT100M"],"aggregations":[{"type":"longSum","name":"größe","fieldName":"b"},{"type":"longSum","name":"clients","fieldName":"c"}]}""";

        (await AskAsync(service, text)).Headers["X-AiOutliers-Metric"].ShouldBe("gr%C3%B6%C3%9Fe");
    }

    [Fact]
    public async Task Calculate_NoCache_AsksForEverythingAgain()
    {
        await using var broker = await FakeBroker.StartAsync(async (context, _) => await context.Response.WriteAsync(Rows.Day(1440)));
        await using var service = await StartAsync(broker.Endpoint.ToString());
        var query = Query("x", "2023-10-12T20:00:00Z/2023-10-12T21:00:00Z");
        await AskAsync(service, query);
        await AskAsync(service, query);
        await service.SaysAsync("(in memory)");
        var before = service.Log.Split("(asked for)").Length;

        await AskAsync(service, query, noCache: true);

        service.Log.Split("(asked for)").Length.ShouldBe(before + 1);
        (await service.Client.GetStringAsync("/metrics")).ShouldContain("aioutliers_history_answers_total");
    }

    [Fact]
    public async Task Calculate_LongerQueryFails_AnswersTheShortOneWithAWarning()
    {
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            var asked = await new StreamReader(context.Request.Body).ReadToEndAsync();
            if (asked.Contains("2023-10-12T00:00:00Z/2023-10-12T04:00:00Z", StringComparison.Ordinal))
            {
                await context.Response.WriteAsync(Rows.Day(240));
                return;
            }
            context.Response.StatusCode = 504;
            await context.Response.WriteAsync("""{"error":"Query timeout","errorMessage":"Query did not complete"}""");
        });
        await using var service = await StartAsync(broker.Endpoint.ToString());

        var (answer, headers) = await AskAsync(service, Query("x", "2023-10-12T00:00:00Z/2023-10-12T04:00:00Z"));

        answer.GetProperty("prediction").GetArrayLength().ShouldBe(240);
        headers["X-AiOutliers-History"].ShouldBe("0");
        headers["X-AiOutliers-Warning"].ShouldContain("Query did not complete");
    }

    private static Task<ServiceProcess> StartAsync(string endpoint, params (string Key, string Value)[] settings) => ServiceProcess.StartAsync(
        ServiceFixture.Command, settings.Append(("Druid__druid_endpoint", endpoint)).Append(("Models__path", Golden.Path("keras"))).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private static string Hour(string sensor, DateTimeOffset start, int minutes = 60) =>
        Query(sensor, $"{start:yyyy-MM-ddTHH:mm:ssZ}/{start.AddMinutes(minutes):yyyy-MM-ddTHH:mm:ssZ}");

    private static string Query(string sensor, string interval, string? aggregations = null) => $$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["{{interval}}"],
         "filter":{"type":"selector","dimension":"sensor_name","value":"{{sensor}}"},
         {{aggregations ?? "\"aggregations\":[{\"type\":\"longSum\",\"name\":\"bytes\",\"fieldName\":\"sum_bytes\"}]"}}}
        """;

    private static async Task<(JsonElement Answer, Dictionary<string, string> Headers)> AskAsync(ServiceProcess service, string query, string? model = null, bool noCache = false)
    {
        var fields = new List<KeyValuePair<string, string>> { new("query", Convert.ToBase64String(Encoding.UTF8.GetBytes(query))) };
        if (model is not null)
            fields.Add(new("model", Convert.ToBase64String(Encoding.UTF8.GetBytes(model))));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/calculate") { Content = new FormUrlEncodedContent(fields) };
        if (noCache)
            request.Headers.CacheControl = new() { NoCache = true };
        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        using var json = JsonDocument.Parse(text);
        return (json.RootElement.Clone(), response.Headers.ToDictionary(static header => header.Key, static header => header.Value.Single()));
    }
}
