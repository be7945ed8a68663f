using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Embedded;

public sealed class EmbeddedEngineTests : IDisposable
{
    private readonly EmbeddedEngine _engine = new(Golden.Path("druid/data"));

    [Theory]
    [InlineData("flows'; DROP TABLE source_0; --")]
    [InlineData("../druid/data/flows")]
    [InlineData("/etc/passwd")]
    [InlineData("flows.json.gz")]
    [InlineData("")]
    public async Task Query_NameOfNoFile_IsADataSourceWithoutRows(string name)
    {
        var table = await _engine.QueryAsync(Query($$"""{"queryType":"timeseries","dataSource":{{JsonSerializer.Serialize(name)}},"granularity":"hour","intervals":["2024-03-01/2024-03-02"],"aggregations":[{"type":"count","name":"rows"}]}"""));
        table.Rows.ShouldBe(0);
    }

    [Fact]
    public async Task Query_FileWithARowWithoutATime_AnswersWithTheOthersAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "d.csv"), "timestamp,bytes\n2024-09-02T00:00:00Z,1\n,2\n");
        using var engine = new EmbeddedEngine(folder.Path);

        var table = await engine.QueryAsync(Query("""{"queryType":"timeseries","dataSource":"d","granularity":"day","intervals":["2024-09-02/2024-09-03"],"aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"}]}"""));

        table.Column("bytes").ToArray().ShouldBe([1]);
        table.Warnings.ShouldBe(["Left out: 1 row of 'd.csv' without a time."]);
    }

    [Fact]
    public async Task Names_QueriesAndLabelsBesideTheData_AreNoDataSources()
    {
        using var folder = new TemporaryFolder();
        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.Path, name), text);
        Write("flows.csv", "timestamp,bytes\n2024-09-02T00:00:00Z,1\n");
        Write("rows.json", """[{"when":"2024-09-02T00:00:00Z","bytes":1}]""");
        Write("rows.schema.json", """{"timestampSpec":{"column":"when"}}""");
        Write("query.json", """{"queryType":"timeseries","dataSource":"flows","granularity":"day","intervals":["2024-09-02/P1D"]}""");
        Write("labels.json", """[{"sensor":"a","start":"2024-09-02T00:00:00Z"}]""");
        Write("damaged.parquet", "PAR1");
        using var engine = new EmbeddedEngine(folder.Path);

        (await engine.NamesAsync()).ShouldBe(["damaged", "flows", "rows"]);
        (await engine.PageAsync(new(null, null, 2))).ShouldBe(["damaged", "flows"]);
        (await engine.PageAsync(new(null, "flows", 2))).ShouldBe(["rows"]);
        (await engine.PageAsync(new("O", "damaged", 1))).ShouldBe(["flows"]);

        Write("labels.json", """[{"sensor":"a","time":"2024-09-02T00:00:00Z"}]""");
        File.SetLastWriteTimeUtc(Path.Combine(folder.Path, "labels.json"), DateTime.UnixEpoch);
        (await engine.NamesAsync()).ShouldContain("labels");
    }

    [Fact]
    public void Find_FileReplacedAgainAndAgain_KeepsTwoTables()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "d.csv");
        using var data = new DataFolder(folder.Path, new());
        for (var version = 1; version <= 4; version++)
        {
            File.WriteAllText(path, $"timestamp,bytes\n2024-09-02T00:00:00Z,{version}\n");
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddDays(version));
            data.Find(DataSourceSpec.Table("d"));
        }

        using var connection = data.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM duckdb_tables()";
        command.ExecuteScalar().ShouldBe(2L);
    }

    /// <summary>Three tags, in ten combinations.</summary>
    [Theory]
    [InlineData("""{"type":"cardinality","name":"n","fields":["tags"]}""", 3)]
    [InlineData("""{"type":"hyperUnique","name":"n","fieldName":"tags"}""", 3)]
    [InlineData("""{"type":"filtered","name":"n","filter":{"type":"false"},"aggregator":{"type":"hyperUnique","fieldName":"tags"} }""", 0)]
    public async Task Query_DistinctOfRowsWithSeveralValues_CountsValues(string aggregation, double count)
    {
        var table = await _engine.QueryAsync(Query($$"""
            {"queryType":"timeseries","dataSource":"flows","granularity":"all","intervals":["2024-03-01/2024-03-03"],
             "aggregations":[{{aggregation}}]}
            """));

        table.Column("n").ToArray().ShouldBe([count]);
    }

    [Theory]
    [InlineData("site-a' OR '1'='1")]
    [InlineData("\"; DELETE FROM source_0; --")]
    [InlineData("$1")]
    public async Task Query_SqlInAValue_MatchesNothing(string value)
    {
        var table = await _engine.QueryAsync(Query($$"""{"queryType":"timeseries","dataSource":"flows","granularity":"all","intervals":["2024-03-01/2024-03-02"],"filter":{"type":"selector","dimension":"sensor_name","value":{{JsonSerializer.Serialize(value)}}},"aggregations":[{"type":"count","name":"rows"}]}"""));
        table.Column("rows").ToArray().ShouldBe([0]);
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("x\", (SELECT 1) AS \"y")]
    [InlineData("$2")]
    [InlineData("名前")]
    public async Task Query_OddNames_ComeBackAsTheyAre(string name)
    {
        var table = await _engine.QueryAsync(Query($$"""{"queryType":"timeseries","dataSource":"flows","granularity":"all","intervals":["2024-03-01/2024-03-02"],"aggregations":[{"type":"longSum","name":{{JsonSerializer.Serialize(name)}},"fieldName":"packets"}]}"""));
        table.Metrics.ShouldBe([name]);
        table.Column(name).ToArray().ShouldBe([32015]);
    }

    [Theory]
    [InlineData("""{"type":"javascript","dimension":"app","function":"x"}""", "javascript")]
    [InlineData("""{"type":"bound","dimension":"app","lower":"a","ordering":"alphanumeric"}""", "alphanumeric")]
    [InlineData("""{"type":"selector","dimension":"app","value":"x","extractionFn":{"type":"upper"}}""", "extractionFn")]
    public async Task Query_UnknownFilter_IsAnErrorThatNamesIt(string filter, string named)
    {
        var error = await Should.ThrowAsync<AiOutliersException>(() => _engine.QueryAsync(Query($$"""{"queryType":"timeseries","dataSource":"flows","granularity":"all","intervals":["2024-03-01/2024-03-02"],"filter":{{filter}},"aggregations":[]}""")));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(named);
    }

    public static TheoryData<string, string> Greedy() => new()
    {
        { Post($$"""{"type":"expression","name":"x","expression":"{{new string('-', 60_000)}}1"}"""), "more than 500 parts" },
        { Post($$"""{"type":"expression","name":"x","expression":"1{{string.Concat(Enumerable.Repeat("+1", 5000))}}"}"""), "more than 500 parts" },
        { Post($$"""{"type":"arithmetic","name":"x","fn":"/","fields":[{{Listed(30, """{"type":"fieldAccess","fieldName":"rows"}""")}}]}"""), "as many fields as 'x'" },
        { Post("null"), "postAggregations" },
        { Of(""" "granularity":"all","limit":-1 """), "limit" },
        { Of(""" "granularity":"second","intervals":["1500-01-01/P1000Y"] """, "s"), "600000 buckets" },
        { Of(""" "granularity":{"type":"duration","duration":9223372036854775807} """), "10000 years" },
        { Of(""" "granularity":{"type":"period","period":"P200000Y"} """), "10000 years" },
        { Of($$""" "granularity":"all","filter":{"type":"or","fields":[{{Listed(5000, """{"type":"true"}""")}}]} """), "64 kB" },
        { Of(""" "granularity":"all","filter":{"type":"search","dimension":"app","query":5} """), "search" },
        { Of(""" "granularity":"all","filter":{"type":"and","fields":[{"type":"in","dimension":"app","values":[null]},null]} """), "'fields'" },
        { Of($$""" "granularity":"all","dataSource":{"type":"union","dataSources":[{{Listed(6000, "\"flows\"")}}]} """), "union of more than 50" },
    };

    /// <summary>What could take the process's stack, memory or processor for minutes.</summary>
    [Theory]
    [MemberData(nameof(Greedy))]
    public async Task Query_MoreThanOneQueryMayTake_IsAnErrorThatNamesIt(string query, string named)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "s.csv"), "timestamp,v\n2024-01-01T00:00:00Z,1\n2024-01-20T00:00:00Z,2\n" + string.Concat(Enumerable.Range(1, 19).Select(day => $"2024-01-{day:00}T23:59:59Z,1\n2024-01-{day:00}T00:00:01Z,1\n")));
        using var engine = query.Contains("\"s\"", StringComparison.Ordinal) ? new EmbeddedEngine(folder.Path) : null;
        var error = await Should.ThrowAsync<AiOutliersException>(() => (engine ?? _engine).QueryAsync(Query(query)));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("""{"type":"period","period":"P9999Y"}""")]
    [InlineData("""{"type":"period","period":"P1M","timeZone":"Asia/Tokyo"}""")]
    [InlineData("""{"type":"period","period":"P500W","timeZone":"Asia/Tokyo"}""")]
    [InlineData("\"year\"")]
    public async Task Query_RowsAtBothEndsOfTime_AreCountedOnce(string granularity)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "t.csv"), "timestamp,v\n0001-01-01T00:00:00Z,1\n9999-12-31T23:59:59Z,2\n");
        using var engine = new EmbeddedEngine(folder.Path);
        var table = await engine.QueryAsync(Query($$"""{"queryType":"timeseries","dataSource":"t","granularity":{{granularity}},"intervals":["0001-01-01T00:00:00Z/9999-12-31T23:59:59.999Z"],"aggregations":[{"type":"longSum","name":"v","fieldName":"v"}]}"""));
        table.Column("v").ToArray().Where(double.IsFinite).Sum().ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"type":"in","dimension":"sensor_name","values":["site-a","site-b"]}""", """{"type":"or","fields":[{"type":"selector","dimension":"sensor_name","value":"site-a"},{"type":"selector","dimension":"sensor_name","value":"site-b"}]}""")]
    [InlineData("""{"type":"in","dimension":"packets","values":[1,"2",3.0,"x"]}""", """{"type":"or","fields":[{"type":"selector","dimension":"packets","value":1},{"type":"selector","dimension":"packets","value":2},{"type":"selector","dimension":"packets","value":3}]}""")]
    [InlineData("""{"type":"not","field":{"type":"in","dimension":"app","values":["http",null]}}""", """{"type":"not","field":{"type":"or","fields":[{"type":"selector","dimension":"app","value":"http"},{"type":"null","column":"app"}]}}""")]
    public async Task Query_In_IsTheSameAsItsValuesOneByOne(string filter, string oneByOne)
    {
        var counts = new List<double>();
        foreach (var one in new[] { filter, oneByOne })
            counts.Add((await _engine.QueryAsync(Query(Of($$""" "granularity":"all","filter":{{one}} """)))).Column("rows")[0]);
        counts[0].ShouldBe(counts[1]);
        counts[0].ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Query_InOfThousandsOfValues_IsAnswered()
    {
        var values = string.Join(',', Enumerable.Range(0, 6000).Select(static i => $"\"v{i}\"").Append("\"site-a\""));
        var table = await _engine.QueryAsync(Query(Of($$""" "granularity":"all","filter":{"type":"in","dimension":"sensor_name","values":[{{values}}]} """)));
        table.Column("rows")[0].ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("HH", "00")]
    [InlineData("yyyy-MM-dd'T'HH 'o''clock' 100%", "2024-03-01T00 o'clock 100%")]
    [InlineData("EEE d MMM yy, h a", "Fri 1 Mar 24, 12 AM")]
    [InlineData("EEEE e D", "Friday 5 61")]
    [InlineData(null, "2024-03-01T00:00:00.000Z")]
    public async Task Query_TimeFormat_GroupsByTheTimesText(string? format, string first)
    {
        var function = $$"""{"type":"timeFormat","granularity":"hour"{{(format is null ? "" : $",\"format\":{JsonSerializer.Serialize(format)}")}}}""";
        var answer = await _engine.AnswerAsync(Query($$"""{"queryType":"groupBy","dataSource":"flows","granularity":"all","intervals":["2024-03-01T00:00/2024-03-01T01:00"],"dimensions":[{"type":"extraction","dimension":"__time","outputName":"when","extractionFn":{{function}}}],"aggregations":[{"type":"count","name":"rows"}]}"""));

        using var json = JsonDocument.Parse(answer);
        json.RootElement.EnumerateArray().ShouldHaveSingleItem().GetProperty("event").GetProperty("when").GetString().ShouldBe(first);
    }

    [Theory]
    [InlineData("""{"type":"timeFormat","format":"HH","timeZone":"Europe/Madrid"}""", "time zone")]
    [InlineData("""{"type":"timeFormat","format":"HH","locale":"de"}""", "'de'")]
    [InlineData("""{"type":"timeFormat","format":"qq"}""", "'qq'")]
    [InlineData("""{"type":"timeFormat","format":"HH","asMillis":true}""", "asMillis")]
    [InlineData("""{"type":"timeFormat","format":"HH","granularity":"month"}""", "months")]
    [InlineData("""{"type":"upper"}""", "'upper'")]
    [InlineData("7", "extraction function")]
    public async Task Query_UnknownExtraction_IsAnErrorThatNamesIt(string function, string named)
    {
        var error = await Should.ThrowAsync<AiOutliersException>(() => _engine.AnswerAsync(Query($$"""{"queryType":"groupBy","dataSource":"flows","granularity":"all","intervals":["2024-03-01/2024-03-02"],"dimensions":[{"type":"extraction","dimension":"__time","outputName":"when","extractionFn":{{function}}}],"aggregations":[]}""")));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("""{"type":"like","dimension":"lan_ip","pattern":"10.1.%"}""")]
    [InlineData("""{"type":"regex","dimension":"lan_ip","pattern":"^10\\.1\\."}""")]
    [InlineData("""{"type":"in","dimension":"sensor_name","values":["site-a"]}""")]
    [InlineData("""{"type":"equals","column":"sensor_name","matchValueType":"STRING","matchValue":"site-a"}""")]
    [InlineData("""{"type":"bound","dimension":"sensor_name","lower":"site-a","upper":"site-a"}""")]
    [InlineData("""{"type":"range","column":"sensor_name","matchValueType":"STRING","lower":"site-a","upper":"site-b","upperOpen":true}""")]
    [InlineData("""{"type":"not","field":{"type":"or","fields":[{"type":"selector","dimension":"sensor_name","value":"site-b"},{"type":"selector","dimension":"sensor_name","value":"site-c"}]}}""")]
    public async Task Query_FiltersThatMeanTheSame_CountTheSame(string filter)
    {
        var table = await _engine.QueryAsync(Query($$"""{"queryType":"timeseries","dataSource":"flows","granularity":"all","intervals":["2024-03-01/2024-03-02"],"filter":{{filter}},"aggregations":[{"type":"count","name":"rows"}]}"""));
        var expected = await _engine.QueryAsync(Query("""{"queryType":"timeseries","dataSource":"flows","granularity":"all","intervals":["2024-03-01/2024-03-02"],"filter":{"type":"selector","dimension":"sensor_name","value":"site-a"},"aggregations":[{"type":"count","name":"rows"}]}"""));
        table.Column("rows")[0].ShouldBe(expected.Column("rows")[0]);
        table.Column("rows")[0].ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Query_DayAcrossAChangeOfTheClock_HasTheOffsetsOfTheZone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "t.csv"), "timestamp,v\n2024-03-30T12:00:00Z,1\n2024-03-31T12:00:00Z,2\n2024-04-01T12:00:00Z,4\n");
        using var engine = new EmbeddedEngine(folder.Path);
        var table = await engine.QueryAsync(Query("""{"queryType":"timeseries","dataSource":"t","granularity":{"type":"period","period":"P1D","timeZone":"Europe/Madrid"},"intervals":["2024-03-30/2024-04-02"],"aggregations":[{"type":"longSum","name":"v","fieldName":"v"}]}"""));
        table.Timestamps.ShouldBe(["2024-03-30T00:00:00.000+01:00", "2024-03-31T00:00:00.000+01:00", "2024-04-01T00:00:00.000+02:00"]);
        table.Column("v").ToArray().ShouldBe([1, 2, 4]);
    }

    [Fact]
    public async Task Query_EmptyBucketsWithFilterAndConstants_AreFilled()
    {
        var table = await _engine.QueryAsync(Query("""{"queryType":"timeseries","dataSource":"flows","granularity":"hour","intervals":["2024-03-01T01:00/2024-03-01T04:00"],"filter":{"type":"selector","dimension":"sensor_name","value":"site-a"},"aggregations":[{"type":"count","name":"rows"}],"postAggregations":[{"type":"arithmetic","name":"double","fn":"*","fields":[{"type":"fieldAccess","fieldName":"rows"},{"type":"constant","name":"two","value":2}]}]}"""));
        table.Rows.ShouldBe(3);
        table.Column("double")[1].ShouldBe(0);
        table.Column("double")[2].ShouldBe(2 * table.Column("rows")[2]);
    }

    /// <summary>The most that anybody has reason to ask for: beside the results, each row has its time.</summary>
    [Fact]
    public async Task Query_YearAtOneMinuteWithElevenMetrics_IsAnswered()
    {
        const int Minutes = 366 * 1440;
        using var folder = new TemporaryFolder();
        File.WriteAllLines(Path.Combine(folder.Path, "t.csv"),
            Enumerable.Range(0, Minutes).Select(static minute => $"{1_704_067_200_000 + minute * 60_000L},{minute % 7}").Prepend("timestamp,v"));
        var sums = string.Join(',', Enumerable.Range(0, 11).Select(static metric => $$"""{"type":"longSum","name":"v{{metric}}","fieldName":"v"}"""));
        using var engine = new EmbeddedEngine(folder.Path);

        var table = await engine.QueryAsync(Query($$"""{"queryType":"timeseries","dataSource":"t","granularity":"minute","intervals":["2024-01-01/2025-01-01"],"aggregations":[{{sums}}]}"""));

        table.Rows.ShouldBe(Minutes);
        table.Column("v10").ToArray().ShouldBe(Enumerable.Range(0, Minutes).Select(static minute => (double)(minute % 7)));
    }

    [Fact]
    public async Task Query_FileReplaced_SeesTheNewRows()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "t.csv");
        var query = Query("""{"queryType":"timeseries","dataSource":"t","granularity":"all","intervals":["2024-03-30/2024-04-02"],"aggregations":[{"type":"doubleSum","name":"v","fieldName":"v"}]}""");
        using var engine = new EmbeddedEngine(folder.Path);
        File.WriteAllText(file, "timestamp,v\n2024-03-30T12:00:00Z,1.5\n");
        (await engine.QueryAsync(query)).Column("v")[0].ShouldBe(1.5);
        File.WriteAllText(file, "timestamp,v\n2024-03-30T12:00:00Z,2.5\n");
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));
        (await engine.QueryAsync(query)).Column("v")[0].ShouldBe(2.5);
    }

    [Fact]
    public async Task Query_DamagedFile_NamesItWithoutItsPath()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "t.parquet"), "no parquet");
        using var engine = new EmbeddedEngine(folder.Path);
        var error = await Should.ThrowAsync<AiOutliersException>(() => engine.QueryAsync(Query("""{"queryType":"timeseries","dataSource":"t","granularity":"all","intervals":["2024-03-30/2024-04-02"],"aggregations":[]}""")));
        error.Message.ShouldContain("t.parquet");
        error.Message.ShouldNotContain(folder.Path);
    }

    private static string Post(string post) => Of($$""" "granularity":"all","postAggregations":[{{post}}] """);

    private static string Listed(int count, string item) => string.Join(',', Enumerable.Repeat(item, count));

    /// <summary>A query that counts rows; members that come later win.</summary>
    private static string Of(string members, string source = "flows") =>
        $$"""{"queryType":"timeseries","dataSource":"{{source}}","intervals":["2024-03-01/2024-03-02"],"aggregations":[{"type":"count","name":"rows"}],{{members}}}""";

    public void Dispose() => _engine.Dispose();

    private static byte[] Query(string json) => Encoding.UTF8.GetBytes(json);
}
