using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Client;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Client;

[Trait("tier", "integration")]
public sealed class RealDruidTests(DruidFixture druid) : IClassFixture<DruidFixture>
{
    private const string Hours = """{"queryType":"timeseries","dataSource":"flows","granularity":"pt1h","intervals":["2024-03-01/2024-03-03"],"filter":{"type":"selector","dimension":"sensor_name","value":"site-a"},"aggregations":[{"type":"doubleSum","name":"bytes","fieldName":"bytes"},{"type":"longSum","name":"packets","fieldName":"packets"}]}""";

    [Fact]
    public async Task Query_Timeseries_GivesWhatTheEmbeddedEngineGives()
    {
        using var client = Client();
        using var engine = new EmbeddedEngine(Golden.Path("druid/data"));

        var real = await client.QueryAsync(Encoding.UTF8.GetBytes(Hours));
        var local = await engine.QueryAsync(Encoding.UTF8.GetBytes(Hours));

        real.Rows.ShouldBe(45);
        real.Timestamps.ShouldBe(local.Timestamps);
        real.Column("bytes").ToArray().ShouldBe(local.Column("bytes").ToArray());
        real.Column("packets").ToArray().ShouldBe(local.Column("packets").ToArray());
    }

    [Fact]
    public async Task Query_TrafficSet_IsAcceptedAsItIsBuilt()
    {
        using var client = Client();
        var query = TrafficQuery.Build(DruidQuery.Parse(Encoding.UTF8.GetBytes(Hours)), new());
        // The example names its columns otherwise; an aggregation of a column that is not there is null, and of no sketch 0.
        var table = await client.QueryAsync(query.ToUtf8Json());
        table.Rows.ShouldBe(45);
        table.Metrics.Order().ShouldBe(["bits_per_sec_per_client", "bps", "bytes", "bytes_per_client", "clients", "flows", "flows_per_client", "flows_per_sec_per_client", "fps", "pkts", "pps"]);
    }

    [Theory]
    [InlineData("""{"queryType":"timeseries","dataSource":"flows","granularity":"hour","intervals":["2024-03-01/2024-03-03"],"aggregations":[{"type":"noSuch","name":"x"}]}""", "InvalidTypeIdException")]
    [InlineData("""{"queryType":"timeseries","dataSource":"flows","granularity":"hour","intervals":["2024-03-01/2024-03-03"],"aggregations":[],"context":{"timeout":-5}}""", "Query context parse failed")]
    public async Task Query_Wrong_IsRefusedInTheBrokersWords(string query, string words)
    {
        using var client = Client();
        (await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Encoding.UTF8.GetBytes(query)))).Message.ShouldContain(words);
    }

    [Fact]
    public async Task Query_UnknownDataSource_HasNoRows()
    {
        using var client = Client();
        (await client.QueryAsync(Encoding.UTF8.GetBytes(Hours.Replace("flows", "no_such", StringComparison.Ordinal)))).Rows.ShouldBe(0);
    }

    private BrokerClient Client()
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");
        return new BrokerClient(druid.Endpoint);
    }
}
