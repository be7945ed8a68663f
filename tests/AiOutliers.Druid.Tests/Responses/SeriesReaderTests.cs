using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Tests.Responses;

public sealed class SeriesReaderTests
{
    [Theory]
    [InlineData("groupby-hour", "sensor_name=site-a", "bytes", 941350)]
    [InlineData("extra-groupby-hour-array", "sensor_name=site-a", "rows", 35)]
    [InlineData("topn-granularity-hour", "lan_ip=10.1.0.12", "packets", 178)]
    public async Task Read_RecordedAnswerOfAQuery_HasASeriesForEachKey(string name, string key, string metric, double first)
    {
        var recorded = RecordedAnswer.Named(name);
        var series = await ReadAsync(recorded.Body, AnswerLayout.Of(DruidQuery.Parse(recorded.Request)));

        var index = Enumerable.Range(0, series.Count).Single(at => series.Key(at).ToString() == key);
        series.Table(index).Column(metric)[0].ShouldBe(first);
    }

    [Theory]
    [InlineData("groupby-hour", "sensor_name")]
    [InlineData("topn-granularity-hour", "lan_ip")]
    [InlineData("scan-list", "")]
    [InlineData("sql-time-floor", "")]
    [InlineData("timeseries-period-pt5m", "")]
    public async Task Read_RecordedAnswerInAFile_IsUnderstoodByItsContent(string name, string dimensions)
    {
        var series = await ReadAsync(RecordedAnswer.Named(name).Body, AnswerLayout.ByContent);

        string.Join(',', series.Dimensions).ShouldBe(dimensions);
        series.Rows.ShouldBeGreaterThan(1);
        series.Metrics.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""[{"__time":"2024-03-01T00:00:00.000Z","app":"dns","b":1},{"__time":"2024-03-01T00:00:00.000Z","app":"web","b":2}]""", false)]
    [InlineData("""[["__time","app","b"],["TIMESTAMP","STRING","LONG"],["2024-03-01T00:00:00.000Z","dns",1],["2024-03-01T00:00:00.000Z","web",2]]""", false)]
    [InlineData("{\"__time\":\"2024-03-01T00:00:00.000Z\",\"app\":\"dns\",\"b\":1}\n{\"__time\":\"2024-03-01T00:00:00.000Z\",\"app\":\"web\",\"b\":2}\n\n", true)]
    [InlineData("[\"__time\",\"app\",\"b\"]\n[\"2024-03-01T00:00:00.000Z\",\"dns\",1]\n[\"2024-03-01T00:00:00.000Z\",\"web\",2]\n\n", true)]
    [InlineData("""[{"app":"dns","b":1,"timestamp":1709251200000},{"b":2,"app":"web","timestamp":1709251200000}]""", false)]
    public async Task Read_FlatRows_TextIsTheKeyAndNumbersAreMetrics(string json, bool lines)
    {
        var series = await ReadAsync(Encoding.UTF8.GetBytes(json), AnswerLayout.ByContent, lines);

        Enumerable.Range(0, series.Count).Select(at => series.Key(at).ToString()).ShouldBe(["app=dns", "app=web"]);
        series.Table(1).Times.ToArray().ShouldBe([1709251200000]);
        series.Table(1).Column("b").ToArray().ShouldBe([2]);
    }

    [Fact]
    public async Task Read_ArrayLinesWithoutNames_TakesTheTimeThatItSees()
    {
        var series = await ReadAsync("[\"2024-03-01T00:00:00.000Z\",5]\n[\"2024-03-01T00:01:00.000Z\",6]\n"u8.ToArray(), AnswerLayout.ByContent, lines: true);

        series.SingleTable().Column("column2").ToArray().ShouldBe([5, 6]);
    }

    [Fact]
    public async Task Read_BytesOneByOne_IsTheSame()
    {
        var recorded = RecordedAnswer.Named("groupby-hour");
        using var slow = new OneByteStream(recorded.Body);
        var series = await SeriesReader.ReadAsync(slow, lines: false, AnswerLayout.ByContent, CancellationToken.None);

        series.Count.ShouldBe((await ReadAsync(recorded.Body, AnswerLayout.ByContent)).Count);
    }

    /// <summary>Druid writes the fields of a row as a hash has them.</summary>
    [Fact]
    public async Task Read_FieldsInAnotherOrderThanTheQuery_HaveKeysInThatOfTheQuery()
    {
        var query = DruidQuery.Parse("""
            {"queryType":"groupBy","granularity":"hour","dimensions":["sensor","port"],"aggregations":[{"type":"count","name":"n"}]}
            """u8);
        var series = await ReadAsync("""
            [{"timestamp":"2024-03-01T00:00:00.000Z","event":{"port":"53","n":7,"sensor":"b"} },
             {"timestamp":"2024-03-01T00:00:00.000Z","event":{"port":null,"n":8,"sensor":"a"} }]
            """u8.ToArray(), AnswerLayout.Of(query));

        series.ByKey().Select(at => series.Key(at).ToString()).ShouldBe(["sensor=a", "sensor=b, port=53"]);
    }

    [Fact]
    public async Task Read_LongAnswer_IsReadInPiecesToTheLastRow()
    {
        var rows = Enumerable.Range(0, 20_000).Select(static row =>
            $$$"""{"timestamp":{{{1709251200000 + row / 10 * 60_000L}}},"event":{"host":"h{{{row % 10}}}","bytes":{{{row}}} } }""");
        var series = await ReadAsync(Encoding.UTF8.GetBytes($"[{string.Join(",\n", rows)}]"), AnswerLayout.ByContent);

        series.Count.ShouldBe(10);
        series.Table(9).Column("bytes")[^1].ShouldBe(19_999);
    }

    [Fact]
    public async Task Read_SketchBesideTheMetric_IsLeftOutWithAWarning()
    {
        var series = await ReadAsync("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"users":"AgMDAAAazJM=","bytes":7}}]"""u8.ToArray(), new() { Dimensions = [] });

        series.Metrics.ShouldBe(["bytes"]);
        series.Warnings.ShouldHaveSingleItem().ShouldContain("'users'");
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("null")]
    [InlineData("\"NaN\"")]
    public async Task Read_WhatDruidGivesForNoRows_IsMissing(string value)
    {
        var json = """[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"b":1}},{"timestamp":"2024-03-01T00:01:00.000Z","result":{"b":VALUE}}]""";
        var series = await ReadAsync(Encoding.UTF8.GetBytes(json.Replace("VALUE", value, StringComparison.Ordinal)), AnswerLayout.ByContent);

        series.SingleTable().Column("b").ToArray().ShouldBe([1, double.NaN]);
    }

    [Theory]
    [InlineData("[1]", "row 1 of the data is not a JSON object")]
    [InlineData("[{\"a\":1}]", "row 1 of the data has no time")]
    [InlineData("[{\"timestamp\":\"x\",\"result\":{}}]", "the timestamp of row 1")]
    [InlineData("[{\"timestamp\":1709251200000,\"result\":{}}", "not valid JSON")]
    [InlineData("[{\"timestamp\":1709251200000,\"result\":{}}] []", "goes on after the closing")]
    [InlineData("[{\"timestamp\":1709251200000,\"result\":{\"b\":1}},{\"timestamp\":1709251200000,\"result\":{\"b\":\"many\"}}]", "'b' of row 2 is not a number: 'many'")]
    [InlineData("[{\"__time\":1709251200000,\"b\":1},{\"b\":1}]", "row 2 of the data has no '__time'")]
    [InlineData("[{\"timestamp\":1709251200000,\"result\":{\"b\":1", "not valid JSON")]
    public async Task Read_Damaged_NamesTheRow(string json, string words)
    {
        var error = await Should.ThrowAsync<AiOutliersException>(() => ReadAsync(Encoding.UTF8.GetBytes(json), AnswerLayout.ByContent));

        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(words);
    }

    private static async Task<SeriesSet> ReadAsync(byte[] json, AnswerLayout layout, bool lines = false)
    {
        using var stream = new MemoryStream(json);
        return await SeriesReader.ReadAsync(stream, lines, layout, CancellationToken.None);
    }

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..1], cancellationToken);
    }
}
