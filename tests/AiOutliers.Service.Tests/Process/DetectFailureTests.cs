using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Version 2 when the data source fails, when there is none, and when somebody asks too much or may not.</summary>
[Trait("tier", "integration")]
public sealed class DetectFailureTests : IDisposable
{
    private const string Query = """
        {"query":{"queryType":"groupBy","dataSource":"rb_flow","granularity":"hour","intervals":["2024-09-24/2024-09-25"],"dimensions":["sensor_name"],
        "aggregations":[{"type":"count","name":"rows"}],"context":{"timeout":100}},"history":"off"}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Post_DruidRefusesForItsLimits_Is502InItsOwnWords()
    {
        await using var broker = await FakeBroker.StartAsync(500, "application/json",
            Encoding.UTF8.GetBytes("""{"error":"Resource limit exceeded","errorMessage":"Not enough dictionary space to execute this query","errorClass":"org.apache.druid.query.ResourceLimitExceededException"}"""));
        await using var service = await StartAsync(("Druid__druid_endpoint", broker.Endpoint.ToString()));
        var (status, problem) = await SamplesService.PostAsync(service, Query);

        status.ShouldBe(HttpStatusCode.BadGateway, problem.ToString());
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("Not enough dictionary space to execute this query");
    }

    [Fact]
    public async Task Post_DruidDoesNotAnswer_Is504()
    {
        await using var broker = await FakeBroker.StartAsync(static (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var service = await StartAsync(("Druid__druid_endpoint", broker.Endpoint.ToString()));
        (await SamplesService.PostAsync(service, Query)).Status.ShouldBe(HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task Post_WithoutADataSource_Is503AndSaysWhatToSet()
    {
        await using var service = await StartAsync();
        var (status, problem) = await SamplesService.PostAsync(service, Query);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("set [Druid] druid_endpoint");
    }

    [Fact]
    public async Task Post_MoreThanAllowed_Is429WithTheTimeToWait()
    {
        await using var service = await StartAsync(("Security__requests_per_minute", "2"));
        await SamplesService.PostAsync(service, "{}");
        await SamplesService.PostAsync(service, "{}");
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync("/api/v2/detect", content);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 30);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Post_ByAViewer_Is403AndGetIsNot()
    {
        var keys = Path.Combine(_folder.Path, "keys");
        var added = await CommandRun.OfAsync([.. ServiceFixture.Command, "keys", "add", "ana", "viewer"],
            environment: new Dictionary<string, string> { ["Security__keys_file"] = keys });
        await using var service = await StartAsync(("Security__keys_file", keys));
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", added.Output.Trim());

        var (status, problem) = await SamplesService.PostAsync(service, "{}");
        status.ShouldBe(HttpStatusCode.Forbidden);
        problem.GetProperty("detail").GetString().ShouldBe("Your role does not allow this.");
        (await service.Client.GetAsync("/api/v2/detectors")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Whoever does not read holds nothing up.</summary>
    [Fact]
    public async Task Post_ClientThatNeverReadsItsLines_LeavesTheServiceAnswering()
    {
        await using var service = await StartAsync(("Druid__druid_endpoint", "duckdb:" + Path.Combine(Golden.Root, "samples")));
        var body = """{"series":{"metrics":["bytes","pkts","flows","bps"],"granularity":"PT1M","interval":"2024-09-02/2024-09-30","by":["sensor_name"],"top":4},"history":"off"}""";
        using var deaf = new System.Net.Sockets.TcpClient { ReceiveBufferSize = 4096 };
        await deaf.ConnectAsync(service.Address.Host, service.Address.Port);
        await deaf.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v2/detect HTTP/1.1\r\nHost: {service.Address.Authority}\r\nAccept: application/x-ndjson\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

        var question = body.Replace("2024-09-02/", "2024-09-29/", StringComparison.Ordinal);
        (await SamplesService.PostAsync(service, question)).Status.ShouldBe(HttpStatusCode.OK);
        service.HasExited.ShouldBeFalse();
    }

    private static Task<ServiceProcess> StartAsync(params (string Key, string Value)[] settings) =>
        ServiceProcess.StartAsync(ServiceFixture.Command, settings.ToDictionary(static pair => pair.Key, static pair => pair.Value));
}
