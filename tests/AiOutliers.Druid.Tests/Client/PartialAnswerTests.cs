using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Client;
using AiOutliers.Tests.Shared.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Druid.Tests.Client;

/// <summary>A broker that says that its answer lacks rows.</summary>
public sealed class PartialAnswerTests
{
    private const string Answer = """
        [{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":5}},
        {"timestamp":"2024-03-01T01:00:00.000Z","result":{"bytes":0}},
        {"timestamp":"2024-03-01T02:00:00.000Z","result":{"bytes":7}}]
        """;

    private static readonly byte[] Query = """
        {"queryType":"timeseries","dataSource":"flows","granularity":"hour","intervals":["2024-03-01/P1D"],
        "aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"}]}
        """u8.ToArray();

    [Theory]
    [InlineData("""{"missingSegments":[{"itvl":"2024-03-01T01:30:00.000Z/2024-03-01T02:00:00.000Z","ver":"1","part":0}]}""")]
    [InlineData("""{"uncoveredIntervals":["2024-03-01T01:00:00.000Z/2024-03-01T01:10:00.000Z"],"uncoveredIntervalsOverflowed":false}""")]
    public async Task Query_IntervalsThatAreNotWhole_AreMissingWithAWarning(string context)
    {
        await using var broker = await StartAsync(context, complete: true, Answer);
        using var client = new BrokerClient(broker.Endpoint);

        var table = await client.QueryAsync(Query);
        table.Column("bytes").ToArray().ShouldBe([5, double.NaN, 7]);
        table.IsPartial.ShouldBeTrue();
        table.Warnings.ShouldHaveSingleItem().ShouldStartWith("Druid has only a part of 2024-03-01T01:");

        var series = await client.SeriesAsync(Query);
        series.Table(0).Column("bytes").ToArray().ShouldBe([5, double.NaN, 7]);
        series.Warnings.ShouldBe(table.Warnings);
    }

    [Fact]
    public async Task Query_AnswerThatDidNotComeToItsEnd_SaysSo()
    {
        await using var broker = await StartAsync(context: null, complete: false, Answer);
        using var client = new BrokerClient(broker.Endpoint);

        (await client.QueryAsync(Query)).Warnings.ShouldHaveSingleItem().ShouldContain("did not come to its end (Query timeout)");
        (await client.SeriesAsync(Query)).Warnings.ShouldHaveSingleItem().ShouldContain("did not come to its end (Query timeout)");
    }

    [Fact]
    public async Task Query_AnswerThatIsCut_HasTheBrokersReason()
    {
        await using var broker = await StartAsync(context: null, complete: false, Answer[..70]);
        using var client = new BrokerClient(broker.Endpoint);

        var error = await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query));
        error.Message.ShouldBe("the broker gave up in the middle of its answer: Query timeout");
    }

    private static Task<FakeBroker> StartAsync(string? context, bool complete, string answer) => FakeBroker.StartAsync(async (http, _) =>
    {
        http.Response.ContentType = "application/json";
        if (context is not null)
            http.Response.Headers["X-Druid-Response-Context"] = context;
        if (!complete)
            http.Response.DeclareTrailer("X-Druid-Response-Complete");
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer));
        if (complete)
            return;
        http.Response.AppendTrailer("X-Druid-Response-Complete", "false");
        http.Response.AppendTrailer("X-Error-Message", "Query timeout");
    });
}
