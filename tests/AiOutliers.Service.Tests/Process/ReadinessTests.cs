using System.Net;
using System.Text.Json;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Whether a node is ready follows its data source where that is configured, and metrics say what answers.</summary>
[Trait("tier", "integration")]
public sealed class ReadinessTests
{
    private const string Query = """
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"hour","intervals":["2024-09-24/P1D"],
         "aggregations":[{"type":"count","name":"n"}]}
        """;

    [Theory]
    [InlineData("1", HttpStatusCode.ServiceUnavailable)]
    [InlineData("0", HttpStatusCode.OK)]
    public async Task Ready_SourceFailsAndComesBack_IsAsConfigured(string grace, HttpStatusCode expected)
    {
        var isUp = false;
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            context.Response.StatusCode = Volatile.Read(ref isUp) ? 200 : 500;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync("[]"u8.ToArray());
        });
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
        {
            ["Druid__druid_endpoint"] = broker.Endpoint.ToString(),
            ["OutliersServerProduction__ready_grace_seconds"] = grace,
        });
        await ServiceFixture.PostAsync(service, "/calculate", ("query", Query));

        (await SeenAsync(service, expected)).GetProperty("sourceFailingSince").ValueKind.ShouldBe(JsonValueKind.String);
        (await service.Client.GetStringAsync("/metrics")).ShouldMatch("aioutliers_dependency_up\\{[^}]*dependency=\"source\"[^}]*\\} 0");

        Volatile.Write(ref isUp, true);
        while ((await SeenAsync(service, HttpStatusCode.OK)).GetProperty("sourceFailingSince").ValueKind != JsonValueKind.Null)
            await Task.Delay(200, TestContext.Current.CancellationToken);
        (await service.Client.GetStringAsync("/metrics")).ShouldMatch("aioutliers_dependency_up\\{[^}]*dependency=\"source\"[^}]*\\} 1");
    }

    /// <summary>A rule sees a number grow from zero; one that begins at one has not grown.</summary>
    [Theory]
    [InlineData("aioutliers_failures_total", "stage=\"query\"")]
    [InlineData("aioutliers_access_refused_total", "status=\"401\"")]
    [InlineData("aioutliers_dashboard_refused_total", "")]
    public async Task Metrics_NothingHasHappened_CountToZero(string name, string label)
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>());
        (await service.Client.GetStringAsync("/metrics")).ShouldMatch($"{name}\\{{[^}}]*{label}[^}}]*\\}} 0");
    }

    private static async Task<JsonElement> SeenAsync(ServiceProcess service, HttpStatusCode status)
    {
        for (var i = 0; i < 300; i++)
        {
            using var response = await service.Client.GetAsync("/health/ready");
            if (response.StatusCode == status)
                return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"/health/ready was never {status}");
    }
}
