using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Client;
using AiOutliers.Tests.Shared.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Druid.Tests.Client;

/// <summary>What a broker tells of its data sources.</summary>
public sealed class BrokerCatalogTests
{
    [Fact]
    public async Task Columns_OfADataSource_AreItsDimensionsAndMetrics()
    {
        await using var broker = await StartAsync("""{"dimensions":["sensor_name","port"],"metrics":["events"]}""");
        using var client = new BrokerClient(broker.Endpoint);

        var columns = await client.ColumnsAsync("rb_flow");

        columns.ShouldNotBeNull().Dimensions.ShouldBe(["port", "sensor_name"]);
        columns.Metrics.ShouldBe(["events"]);
    }

    [Fact]
    public async Task Columns_WhereThereAreNone_AreNull()
    {
        await using var broker = await StartAsync("""{"dimensions":[],"metrics":[]}""");
        using var client = new BrokerClient(broker.Endpoint);

        (await client.ColumnsAsync("rb_flow")).ShouldBeNull();
    }

    [Fact]
    public async Task Columns_RefusedByTheBroker_IsAnErrorInItsWords()
    {
        await using var broker = await StartAsync("""{"error":"Unauthorized","errorMessage":"not yours"}""", status: 403);
        using var client = new BrokerClient(broker.Endpoint);

        (await Should.ThrowAsync<AiOutliersException>(() => client.ColumnsAsync("rb_flow"))).Message.ShouldContain("not yours");
    }

    /// <summary>Answers where the data begins and ends, and what is asked of its columns.</summary>
    private static Task<FakeBroker> StartAsync(string columns, int status = 200) => FakeBroker.StartAsync(async (context, _) =>
    {
        var isQuery = HttpMethods.IsPost(context.Request.Method);
        context.Response.StatusCode = isQuery ? 200 : status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(isQuery
            ? """
              [{"timestamp":"2024-03-01T00:00:00.000Z",
                "result":{"minTime":"2024-03-01T00:00:00.000Z","maxTime":"2024-03-02T00:00:00.000Z"}}]
              """
            : columns));
    });
}
