using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Client;
using AiOutliers.Druid.Embedded;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Druid.Tests.Embedded;

/// <summary>The embedded engine and the broker give the same series out of one query.</summary>
public sealed class KeyedRowsTests : IDisposable
{
    private readonly EmbeddedEngine _engine = new(Golden.Path("druid/data"));

    public void Dispose() => _engine.Dispose();

    public static TheoryData<string> Queries() => [.. RecordedAnswer.All()
        .Where(static answer => answer is { Status: 200, QueryType: "groupBy" or "topN" })
        .Where(static answer => !System.Text.Encoding.UTF8.GetString(answer.Request).Contains("\"all\"", StringComparison.Ordinal))
        .Where(static answer => !System.Text.Encoding.UTF8.GetString(answer.Request).Contains("bySegment", StringComparison.Ordinal))
        .Select(static answer => answer.Name)];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Series_RecordedQuery_IsWhatTheBrokerAnswered(string name)
    {
        var recorded = RecordedAnswer.Named(name);
        await using var broker = await FakeBroker.StartAsync(recorded.Status, recorded.ContentType, recorded.Body);
        using var client = new BrokerClient(broker.Endpoint);

        var (own, real) = (await _engine.SeriesAsync(recorded.Request), await client.SeriesAsync(recorded.Request));

        var expected = ByKey(real);
        var actual = ByKey(own);
        actual.Keys.Order(StringComparer.Ordinal).ShouldBe(expected.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, table) in expected)
        {
            actual[key].Times.ToArray().ShouldBe(table.Times.ToArray());
            actual[key].LocalTime(0).ShouldBe(table.LocalTime(0));
            foreach (var metric in table.Metrics)
                Rounded(actual[key].Column(metric)).ShouldBe(Rounded(table.Column(metric)));
        }
    }

    [Fact]
    public async Task Series_GranularityAll_SaysThatThereIsNoSeries() =>
        (await Should.ThrowAsync<AiOutliersException>(() => _engine.SeriesAsync(RecordedAnswer.Named("groupby-as-array").Request))).Message.ShouldContain("'all'");

    [Fact]
    public async Task Series_BrokersError_IsSaidInItsWords()
    {
        var recorded = RecordedAnswer.Named("timeout-groupby");
        await using var broker = await FakeBroker.StartAsync(recorded.Status, recorded.ContentType, recorded.Body);
        using var client = new BrokerClient(broker.Endpoint);

        (await Should.ThrowAsync<AiOutliersException>(() => client.SeriesAsync(recorded.Request))).Message.ShouldContain("Query timeout");
    }

    [Fact]
    public async Task Series_AnswerThatEndsEarly_IsAFailureOfTheSource()
    {
        await using var broker = await FakeBroker.StartAsync(200, "application/json", "[{\"timestamp\":0,\"event\":{\"b\":1}},"u8.ToArray());
        using var client = new BrokerClient(broker.Endpoint);

        (await Should.ThrowAsync<AiOutliersException>(() => client.SeriesAsync(RecordedAnswer.Named("groupby-hour").Request))).Kind.ShouldBe(ErrorKind.SourceFailed);
    }

    private static Dictionary<string, MetricTable> ByKey(SeriesSet series) =>
        Enumerable.Range(0, series.Count).ToDictionary(at => series.Key(at).ToString(), series.Table);

    /// <summary>Sums of many numbers differ in their last digits by the order of adding.</summary>
    private static double[] Rounded(ReadOnlySpan<double> values) =>
        [.. values.ToArray().Select(static value => double.IsNaN(value) ? value : Math.Round(value, 6))];
}
