using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Responses;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Embedded;

/// <summary>A query's table holds bit for bit what the same query's JSON holds, which the database computes to the end.</summary>
public sealed class TimeseriesTableTests(TimeseriesTableTests.Engines engines) : IClassFixture<TimeseriesTableTests.Engines>
{
    /// <summary>Null, zero, not-a-number, infinity, whole numbers beyond a double's digits, rows out of order, gaps.</summary>
    private const string Rows = """
        timestamp,sensor,n,x,y
        2024-03-31T00:05:30Z,a,9007199254740993,1.5,0
        2024-03-31T00:00:10Z,a,1,NaN,0
        2024-03-31T00:00:20Z,b,2,3,4
        2024-03-31T00:01:00Z,a,,,0
        2024-03-31T00:02:00Z,a,0,1e308,-0.0
        2024-03-31T00:03:00Z,a,-7,inf,3
        2024-04-01T10:00:00Z,a,7,1e-320,0.1
        2024-04-01T10:00:01Z,b,8,-2,0.3
        2024-04-02T23:59:59Z,a,3,2,
        """;

    private const string Aggregations = """
        {"type":"count","name":"rows"},{"type":"longSum","name":"n","fieldName":"n"},{"type":"doubleSum","name":"x","fieldName":"x"},
        {"type":"doubleMax","name":"y","fieldName":"y"},{"type":"doubleMean","name":"mean","fieldName":"x"},
        {"type":"hyperUnique","name":"sensors","fieldName":"sensor"}
        """;

    private readonly EmbeddedEngine _engine = engines.Own;
    private readonly EmbeddedEngine _recorded = engines.Recorded;

    public static TheoryData<string> RecordedQueries() => [.. RecordedAnswer.All()
        .Where(static answer => answer is { Status: 200, QueryType: "timeseries", Name: not "timeseries-by-segment" })
        .Select(static answer => answer.Name)];

    [Theory]
    [MemberData(nameof(RecordedQueries))]
    public async Task Query_RecordedTimeseries_IsWhatItsJsonHolds(string name)
    {
        var request = RecordedAnswer.Named(name).Request;
        if (!Encoding.UTF8.GetString(request).Contains("\"string", StringComparison.Ordinal))
            ShouldBeSame(await _recorded.QueryAsync(request), await _recorded.AnswerAsync(request));
    }

    [Theory]
    [InlineData("\"minute\"", "")]
    [InlineData("\"minute\"", """, "context":{"skipEmptyBuckets":true}""")]
    [InlineData("\"minute\"", """, "context":{"grandTotal":true}""")]
    [InlineData("\"minute\"", """, "descending":true""")]
    [InlineData("\"minute\"", """, "limit":3""")]
    [InlineData("\"minute\"", """, "filter":{"type":"selector","dimension":"sensor","value":"b"}""")]
    [InlineData("\"minute\"", """, "filter":{"type":"selector","dimension":"sensor","value":"nobody"}""")]
    [InlineData("\"all\"", "")]
    [InlineData("\"all\"", """, "filter":{"type":"selector","dimension":"sensor","value":"nobody"}""")]
    [InlineData("\"none\"", """, "context":{"skipEmptyBuckets":true}""")]
    [InlineData("""{"type":"duration","duration":7000,"origin":"2024-03-31T00:00:03Z"}""", "")]
    [InlineData("""{"type":"period","period":"P1M"}""", "")]
    [InlineData("""{"type":"period","period":"PT1H","timeZone":"Europe/Madrid"}""", "")]
    [InlineData("""{"type":"period","period":"PT1H","timeZone":"Europe/Madrid"}""", """, "context":{"skipEmptyBuckets":true}""")]
    public async Task Query_AnyBuckets_AreWhatTheirJsonHolds(string granularity, string more)
    {
        var query = Query(granularity, "", more);
        ShouldBeSame(await _engine.QueryAsync(query), await _engine.AnswerAsync(query));
    }

    [Theory]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"/","fields":[{"type":"fieldAccess","fieldName":"x"},{"type":"fieldAccess","fieldName":"y"}]}""")]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"quotient","fields":[{"type":"fieldAccess","fieldName":"x"},{"type":"fieldAccess","fieldName":"y"}]}""")]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"/","fields":[{"type":"fieldAccess","fieldName":"n"},{"type":"constant","name":"c","value":0}]}""")]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"/","fields":[{"type":"fieldAccess","fieldName":"x"},{"type":"constant","name":"c","value":0}]}""")]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"*","fields":[{"type":"fieldAccess","fieldName":"x"},{"type":"constant","name":"c","value":10.5},{"type":"fieldAccess","fieldName":"n"}]}""")]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"-","fields":[{"type":"fieldAccess","fieldName":"n"},{"type":"finalizingFieldAccess","fieldName":"rows"},{"type":"hyperUniqueCardinality","fieldName":"sensors"}]}""")]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"+","fields":[{"type":"fieldAccess","fieldName":"x"},{"type":"fieldAccess","fieldName":"n"}]},{"type":"arithmetic","name":"q","fn":"/","fields":[{"type":"fieldAccess","fieldName":"p"},{"type":"fieldAccess","fieldName":"y"},{"type":"arithmetic","fn":"*","fields":[{"type":"fieldAccess","fieldName":"mean"},{"type":"fieldAccess","fieldName":"mean"}]}]}""")]
    [InlineData("""{"type":"fieldAccess","name":"p","fieldName":"n"},{"type":"constant","name":"c","value":9007199254740993},{"type":"thetaSketchEstimate","name":"s","field":{"type":"fieldAccess","fieldName":"sensors"}}""")]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"pow","fields":[{"type":"fieldAccess","fieldName":"y"},{"type":"constant","name":"c","value":2}]}""")]
    [InlineData("""{"type":"expression","name":"p","expression":"x / 2"},{"type":"fieldAccess","name":"q","fieldName":"p"}""")]
    [InlineData("""{"type":"doubleGreatest","name":"p","fields":[{"type":"fieldAccess","fieldName":"x"},{"type":"fieldAccess","fieldName":"y"}]}""")]
    public async Task Query_AnyPostAggregations_AreWhatTheirJsonHolds(string postAggregations)
    {
        foreach (var granularity in new[] { "\"minute\"", "\"all\"", "\"day\"" })
        {
            var query = Query(granularity, postAggregations, "");
            ShouldBeSame(await _engine.QueryAsync(query), await _engine.AnswerAsync(query));
        }
    }

    [Fact]
    public async Task Query_FiveHundredFields_AreAddedLikeFew()
    {
        var fields = string.Join(',', Enumerable.Repeat("""{"type":"fieldAccess","fieldName":"y"}""", 500));
        var query = Query("\"minute\"", $$"""{"type":"arithmetic","name":"p","fn":"+","fields":[{{fields}}]}""", "");
        ShouldBeSame(await _engine.QueryAsync(query), await _engine.AnswerAsync(query));
    }

    /// <summary>What is computed here counts as what the database computes.</summary>
    [Fact]
    public async Task Query_MoreValuesThanAnAnswerMayHave_IsTheSameErrorAsInJson()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "t.csv"),
            "timestamp,n,x,y,sensor\n" + string.Concat(Enumerable.Range(0, 40_000).Select(static row => $"{1711756800000 + row},1,1,1,a\n")));
        using var engine = new EmbeddedEngine(folder.Path);
        var query = Query("\"none\"", string.Join(',', Enumerable.Range(0, 200).Select(static i => $$"""{"type":"constant","name":"c{{i}}","value":1}""")), "");
        var error = await Should.ThrowAsync<Exception>(() => engine.QueryAsync(query));
        error.Message.ShouldContain("more than 7000000 values");
        error.Message.ShouldBe((await Should.ThrowAsync<Exception>(() => engine.AnswerAsync(query))).Message);
    }

    /// <summary>Wrong is wrong, whether the database would have computed it or not.</summary>
    [Theory]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"/","fields":[{"type":"fieldAccess","fieldName":"later"},{"type":"fieldAccess","fieldName":"y"}]},{"type":"fieldAccess","name":"later","fieldName":"x"}""", "'later'")]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"%","fields":[{"type":"fieldAccess","fieldName":"x"},{"type":"fieldAccess","fieldName":"y"}]}""", "'%'")]
    [InlineData("""{"type":"arithmetic","name":"p","fn":"+","fields":[{"type":"fieldAccess","fieldName":"x"}]}""", "two fields")]
    [InlineData("""{"type":"constant","name":"p","value":"1"}""", "not a number")]
    [InlineData("""{"type":"fieldAccess","fieldName":"x"}""", "no name")]
    [InlineData("""{"type":"fieldAccess","name":"x","fieldName":"y"}""", "twice")]
    public async Task Query_WrongPostAggregation_IsTheSameErrorAsInJson(string postAggregations, string named)
    {
        var query = Query("\"minute\"", postAggregations, "");
        var error = await Should.ThrowAsync<Exception>(() => _engine.QueryAsync(query));
        error.Message.ShouldContain(named);
        error.Message.ShouldBe((await Should.ThrowAsync<Exception>(() => _engine.AnswerAsync(query))).Message);
    }

    private static byte[] Query(string granularity, string postAggregations, string more) => Encoding.UTF8.GetBytes($$"""
        {"queryType":"timeseries","dataSource":"t","granularity":{{granularity}},"intervals":["2024-03-30/2024-04-03"],
         "aggregations":[{{Aggregations}}],"postAggregations":[{{postAggregations}}]{{more}}}
        """);

    private static void ShouldBeSame(MetricTable table, byte[] json)
    {
        var expected = DruidResponseReader.Read(json);
        table.Times.ToArray().ShouldBe(expected.Times.ToArray());
        table.Timestamps.ShouldBe(expected.Timestamps);
        table.Warnings.ShouldBe(expected.Warnings);
        if (expected.Rows == 0)
            return;
        table.Metrics.ShouldBe(expected.Metrics);
        foreach (var metric in expected.Metrics)
            Bits(table.Column(metric)).ShouldBe(Bits(expected.Column(metric)), metric);
    }

    /// <summary>Zero has a sign; missing is missing, whatever its bits.</summary>
    private static long[] Bits(ReadOnlySpan<double> values) =>
        Array.ConvertAll(values.ToArray(), static value => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value));

    /// <summary>Each reads its files once.</summary>
    public sealed class Engines : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Engines()
        {
            File.WriteAllText(Path.Combine(_folder.Path, "t.csv"), Rows);
            Own = new(_folder.Path);
        }

        internal EmbeddedEngine Own { get; }

        internal EmbeddedEngine Recorded { get; } = new(Golden.Path("druid/data"));

        public void Dispose()
        {
            Own.Dispose();
            Recorded.Dispose();
            _folder.Dispose();
        }
    }
}
