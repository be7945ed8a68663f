using System.IO.Compression;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;
using ZstdSharp;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Files as the tools of others write them, under a name that says nothing.</summary>
public sealed class InputFileTests : IDisposable
{
    private const long Midnight = 1709251200000;

    private const string Prometheus = """
        {"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"__name__":"ifHCInOctets","instance":"a","job":"snmp"},"values":[[1709251200,"1"],[1709251260.5,"NaN"],[1709251320,"+Inf"]]},
        {"metric":{"__name__":"ifHCInOctets","instance":"b","job":"snmp"},"values":[[1709251200,"4e9"]]}]}}
        """;

    private const string Influx = """
        #group,false,false,true,true,false,false,true,true,true
        #datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,string
        #default,_result,,,,,,,,
        ,result,table,_start,_stop,_time,_value,_field,_measurement,host
        ,,0,2024-03-01T00:00:00Z,2024-03-02T00:00:00Z,2024-03-01T00:00:00Z,1,bytes,net,a
        ,,0,2024-03-01T00:00:00Z,2024-03-02T00:00:00Z,2024-03-01T00:01:00Z,2,bytes,net,a
        ,,1,2024-03-01T00:00:00Z,2024-03-02T00:00:00Z,2024-03-01T00:00:00Z,7,packets,net,a

        #group,false,false,true,true,false,false,true,true,true
        #datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,string
        #default,_result,,,,,,,,
        ,result,table,_start,_stop,_time,_value,_field,_measurement,host
        ,,2,2024-03-01T00:00:00Z,2024-03-02T00:00:00Z,2024-03-01T00:00:00Z,3,bytes,net,"b,c"
        """;

    private const string Lines = """
        # a comment
        net,host=a bytes=1i,packets=2i,name="x y" 1709251200000000000
        net,host=b\ c bytes=3i 1709251200000000000
        net,host=a bytes=5.5 1709251260000000000
        """;

    private const string Nfdump = """
        ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt
        2024-03-01 00:00:01,2024-03-01 00:00:02,1.000,10.0.0.1,10.0.0.2,1,2,TCP,......,0,0,1,100,0,0
        2024-03-01 00:04:59,2024-03-01 00:05:02,3.000,10.0.0.3,10.0.0.2,1,2,UDP,......,0,0,2,50,1,7
        2024-03-01 00:12:00,2024-03-01 00:12:02,2.000,10.0.0.1,10.0.0.2,1,2,TCP,......,0,0,3,10,0,0
        Summary
        flows,bytes,packets,avg_bps,avg_pps,avg_bpp
        3,160,6,1,1,26
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_Prometheus_HasASeriesForEachSetOfLabels()
    {
        var series = await SeriesAsync(Prometheus);

        Keys(series).ShouldBe(["instance=a", "instance=b"]);
        series.Table(0).Times.ToArray().ShouldBe([Midnight, Midnight + 60_500, Midnight + 120_000]);
        series.Table(0).Column("ifHCInOctets").ToArray().ShouldBe([1, double.NaN, double.NaN]);
        series.Table(1).Column("ifHCInOctets").ToArray().ShouldBe([4e9]);
    }

    [Fact]
    public async Task Read_PrometheusWithoutAName_CallsItValueAndNeedsNoKey()
    {
        var series = await SeriesAsync("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"job":"x"},"values":[[1709251200,"1"]]}]}}""");

        series.IsSingle.ShouldBeTrue();
        series.SingleTable().Column("value").ToArray().ShouldBe([1]);
    }

    [Fact]
    public async Task Read_RowsThatHaveAStatus_AreNotTakenForPrometheus() =>
        (await SeriesAsync("{\"status\":200,\"data\":5,\"time\":\"2024-03-01T00:00:00Z\"}\n")).SingleTable().Metrics.ShouldBe(["status", "data"]);

    [Fact]
    public async Task Read_InfluxCsv_PutsTheFieldsOfATimeIntoOneRow()
    {
        var series = await SeriesAsync(Influx);

        Keys(series).ShouldBe(["host=a", "host=b,c"]);
        series.Table(0).Column("bytes").ToArray().ShouldBe([1, 2]);
        series.Table(0).Column("packets").ToArray().ShouldBe([7, double.NaN]);
        series.Table(0).Warnings.ShouldBeEmpty();
        series.Table(1).Column("bytes").ToArray().ShouldBe([3]);
    }

    [Fact]
    public async Task Read_LineProtocol_TakesTagsForTheKeyAndFieldsForMetrics()
    {
        var series = await SeriesAsync(Lines);

        Keys(series).ShouldBe(["host=a", "host=b c"]);
        series.Table(0).Times.ToArray().ShouldBe([Midnight, Midnight + 60_000]);
        series.Table(0).Column("bytes").ToArray().ShouldBe([1, 5.5]);
        series.Warnings.ShouldBe(["'name' is left out: it holds something other than numbers."]);
    }

    [Fact]
    public async Task Read_Nfdump_SumsTheFlowsOfFiveMinutes()
    {
        var table = (await SeriesAsync(Nfdump)).SingleTable();

        table.Times.ToArray().ShouldBe([Midnight, Midnight + 300_000, Midnight + 600_000]);
        table.Column("bytes").ToArray().ShouldBe([157, 0, 10]);
        table.Column("packets").ToArray().ShouldBe([4, 0, 3]);
        table.Column("flows").ToArray().ShouldBe([2, 0, 1]);
        var bySender = await SeriesAsync(Nfdump, by: ["sa"]);
        Keys(bySender).Order().ShouldBe(["sa=10.0.0.1", "sa=10.0.0.3"]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("gzip zstd")]
    public async Task Read_Packed_IsUnpacked(string packings)
    {
        var bytes = Encoding.UTF8.GetBytes(Lines);
        foreach (var packing in packings.Split(' '))
            bytes = Packed(bytes, packing);

        (await SeriesAsync(bytes)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Read_ZstdThatIsCut_SaysThatItIsDamaged() =>
        (await RefusedAsync(Packed(Encoding.UTF8.GetBytes(Lines), "zstd")[..^9])).ShouldContain("is compressed and damaged");

    [Theory]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00Z","result":{"b":NaN}},{"timestamp":"2024-03-01T00:01:00Z","result":{"b":-Infinity}},{"timestamp":"2024-03-01T00:02:00Z","result":{"b":1}}]""")]
    [InlineData("{\"time\":\"2024-03-01T00:00:00Z\",\"b\":NaN}\n{\"time\":\"2024-03-01T00:01:00Z\",\"b\":Infinity}\n{\"time\":\"2024-03-01T00:02:00Z\",\"b\":1}\n")]
    public async Task Read_TokensOfPython_AreMissing(string json) =>
        (await SeriesAsync(json)).SingleTable().Column("b").ToArray().ShouldBe([double.NaN, double.NaN, 1]);

    [Fact]
    public async Task Read_TokensOfPythonInTexts_StayAsTheyAre() =>
        Keys(await SeriesAsync("""[{"t":1709251200000,"a":"NaN \" Infinity","b":NaN},{"t":1709251200000,"a":"x","b":2}]"""))
            .ShouldBe(["a=NaN \" Infinity", "a=x"]);

    [Theory]
    [InlineData(",timestamp,bytes\n0,2024-03-01T00:00:00Z,5\n1,2024-03-01T00:01:00Z,6\n")]
    [InlineData("index,timestamp,bytes\n0,2024-03-01T00:00:00Z,5\n1,2024-03-01T00:01:00Z,6\n")]
    public async Task Read_CsvWithTheNumberOfTheRow_LeavesItOut(string csv) =>
        (await SeriesAsync(csv)).SingleTable().Metrics.ShouldBe(["bytes"]);

    [Theory]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error: unexpected )"}""", "an error of Prometheus instead of rows: parse error: unexpected )")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1709251200,"1"]}]}}""", "ask for a range: /api/v1/query_range")]
    [InlineData("-- traffic\nSELECT __time, bytes FROM flows", "is SQL, which detect does not send; ask the broker at /druid/v2/sql")]
    [InlineData("""{"query":"SELECT 1","resultFormat":"object"}""", "is SQL, which detect does not send")]
    [InlineData("""{"rows":[{"time":"2024-03-01T00:00:00Z","bytes":1}]}""", "'x' is one JSON object, with rows; rows are expected, as a list or one object in a line. Where a member holds them: jq '.rows' FILE")]
    [InlineData("a\0,b\n1,2\n", "'x' is neither text")]
    [InlineData("net,host=a bytes=1i\n", "line 1 of 'x' has no time at its end")]
    [InlineData("net,host=a bytes=1i 1709251200\nnet,host\n", "line 2 of 'x' is not line protocol")]
    [InlineData("#datatype,string,long,double\n,result,table,_value\n,,0,1\n", "line 2 of 'x' has no column _time")]
    public async Task Read_Unusable_SaysWhatToDo(string text, string words) =>
        (await RefusedAsync(Encoding.UTF8.GetBytes(text))).ShouldContain(words);

    [Theory]
    [InlineData("nothing", "no series has the label 'nothing'; there are: __name__, instance, job")]
    [InlineData("job", "2 series have 1 value of job; add the labels that tell them apart")]
    public async Task Read_PrometheusByLabelsThatDoNotTell_SaysSo(string by, string words)
    {
        var error = await Should.ThrowAsync<AiOutliersException>(() => SeriesAsync(Prometheus, by.Split(',')));
        error.Message.ShouldContain(words);
    }

    private static byte[] Packed(byte[] bytes, string packing)
    {
        using var packed = new MemoryStream();
        using (Stream stream = packing == "zstd" ? new CompressionStream(packed) : new GZipStream(packed, CompressionMode.Compress))
            stream.Write(bytes);
        return packed.ToArray();
    }

    private static IEnumerable<string> Keys(SeriesSet series) => Enumerable.Range(0, series.Count).Select(at => series.Key(at).ToString());

    private Task<SeriesSet> SeriesAsync(string text, IReadOnlyList<string>? by = null) => SeriesAsync(Encoding.UTF8.GetBytes(text), by);

    private async Task<SeriesSet> SeriesAsync(byte[] bytes, IReadOnlyList<string>? by = null)
    {
        var path = Path.Combine(_folder.Path, "x");
        await File.WriteAllBytesAsync(path, bytes);
        return (await InputFile.ReadAsync(path, "'x'", new() { By = by }, CancellationToken.None)).Series!;
    }

    private async Task<string> RefusedAsync(byte[] bytes)
    {
        var error = await Should.ThrowAsync<AiOutliersException>(() => SeriesAsync(bytes));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        return error.Message;
    }
}
