using System.Globalization;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Client;
using AiOutliers.Druid.Embedded;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Druid.Tests.Embedded;

/// <summary>A question may have so many series and no more, and it may list the values of those that it wants.</summary>
public sealed class SeriesLimitTests : IDisposable
{
    private const int Hosts = 2000;

    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedEngine _engine;

    public SeriesLimitTests()
    {
        var rows = Enumerable.Range(0, Hosts).Select(static host => string.Create(CultureInfo.InvariantCulture, $"2024-03-01T00:00:00Z,h{host},{host % 7},{host}"));
        File.WriteAllLines(Path.Combine(_folder.Path, "d.csv"), rows.Append("2024-03-01T00:00:00Z,,7,2000").Prepend("timestamp,host,port,bytes"));
        _engine = new EmbeddedEngine(_folder.Path);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("\"host\"", 100, "about ")]
    [InlineData("\"host\",\"port\"", 100, "about ")]
    [InlineData("\"host\"", 2000, "more than 2,000 ")]
    public async Task Series_MoreThanAllowed_AreRefused(string dimensions, int most, string words)
    {
        var error = await Should.ThrowAsync<TooLargeException>(() => _engine.SeriesAsync(GroupBy(dimensions), most));

        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldStartWith($"the answer has {words}");
    }

    [Fact]
    public async Task Series_AsManyAsAllowed_AreRead() =>
        (await _engine.SeriesAsync(GroupBy("\"host\""), Hosts + 1)).Count.ShouldBe(Hosts + 1);

    /// <summary>What the query itself leaves out does not count.</summary>
    [Theory]
    [InlineData("\"limitSpec\":{\"type\":\"default\",\"limit\":100}", 100)]
    [InlineData("\"having\":{\"type\":\"greaterThan\",\"aggregation\":\"bytes\",\"value\":1950}", 50)]
    public async Task Series_OfManyGroups_AreReadWhereTheQueryLimitsThem(string limit, int expected) =>
        (await _engine.SeriesAsync(GroupBy("\"host\"", limit), most: 100)).Count.ShouldBe(expected);

    [Fact]
    public async Task Series_OfABrokerMoreThanAllowed_AreRefusedWhileTheyCome()
    {
        var rows = Enumerable.Range(0, 3).Select(static host => $$$"""{"version":"v1","timestamp":"2024-03-01T00:00:00Z","event":{"host":"h{{{host}}}","bytes":1}}""");
        // It does not end: whoever reads on finds an answer that cannot be used.
        await using var broker = await FakeBroker.StartAsync(200, "application/json", Encoding.UTF8.GetBytes($"[{string.Join(',', rows)},"));
        using var client = new BrokerClient(broker.Endpoint);

        (await Should.ThrowAsync<TooLargeException>(() => client.SeriesAsync(GroupBy("\"host\""), 2))).Message.ShouldStartWith("the answer has more than 2 series");
    }

    /// <summary>Long lists are looked up in another way than short ones.</summary>
    [Theory]
    [InlineData("host", "\"h{0}\"", "", 500)]
    [InlineData("host", "\"h{0}\"", ",null", 501)]
    [InlineData("bytes", "{0}", "", 500)]
    [InlineData("bytes", "\"{0}\"", "", 500)]
    public async Task Filter_LongList_LetsThroughWhatItNames(string dimension, string value, string more, int expected)
    {
        var values = string.Join(',', Enumerable.Range(0, 500).Select(at => string.Format(CultureInfo.InvariantCulture, value, at))) + more;
        var filter = $$$"""{"type":"in","dimension":"{{{dimension}}}","values":[{{{values}}}]}""";

        (await CountAsync(filter)).ShouldBe(expected);
        // A null is not one of them, and neither outside them, as in Druid.
        (await CountAsync($$$"""{"type":"not","field":{{{filter}}}}""")).ShouldBe(Hosts + 1 - expected - (dimension == "host" && more.Length == 0 ? 1 : 0));
        (await CountAsync("null", filter)).ShouldBe(expected);
    }

    [Fact]
    public async Task Filter_OfTenThousandAddresses_IsAnswered()
    {
        var values = string.Join(',', Enumerable.Range(0, 10_000).Select(static at => $"\"h{at}-and-what-makes-an-address-as-long-as-one\""));
        (await CountAsync($$$"""{"type":"in","dimension":"host","values":["h7",{{{values}}}]}""")).ShouldBe(1);
    }

    /// <summary>A join for each of them would take the database minutes and gigabytes to plan.</summary>
    [Theory]
    [InlineData("and", 1)]
    [InlineData("or", 201)]
    public async Task Filter_OfManyLists_IsAnswered(string type, int expected)
    {
        var lists = Enumerable.Range(0, 200).Select(static list => $$$"""
            {"type":"in","dimension":"host","values":["h{{{list}}}","h1999",{{{string.Join(',', Enumerable.Range(0, 100).Select(static at => $"\"x{at}\""))}}}]}
            """);
        (await CountAsync($$$"""{"type":"{{{type}}}","fields":[{{{string.Join(',', lists)}}}]}""")).ShouldBe(expected);
    }

    [Fact]
    public async Task Filter_LongerThanIsRead_IsRefused()
    {
        var filter = $$$"""{"type":"in","dimension":"host","values":["{{{new string('h', 9 << 20)}}}"]}""";
        (await Should.ThrowAsync<AiOutliersException>(() => CountAsync(filter))).Message.ShouldContain("8 MB");
    }

    private async Task<double> CountAsync(string filter, string? ofAggregation = null)
    {
        const string Count = """{"type":"count","name":"n"}""";
        var counted = ofAggregation is null ? Count : $$$"""{"type":"filtered","filter":{{{ofAggregation}}},"aggregator":{{{Count}}}}""";
        var table = await _engine.QueryAsync(Encoding.UTF8.GetBytes($$$"""
            {"queryType":"timeseries","dataSource":"d","granularity":"all","intervals":["2024-03-01/2024-03-02"],"filter":{{{filter}}},
             "aggregations":[{{{counted}}}]}
            """));
        return table.Column("n")[0];
    }

    private static byte[] GroupBy(string dimensions, string more = "\"context\":{}") => Encoding.UTF8.GetBytes($$$"""
        {"queryType":"groupBy","dataSource":"d","granularity":"PT5M","intervals":["2024-03-01/2024-03-02"],"dimensions":[{{{dimensions}}}],
         "aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"}],{{{more}}}}
        """);
}
