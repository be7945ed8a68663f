using System.Globalization;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary><c>detect</c> with several metrics.</summary>
[Trait("tier", "integration")]
public sealed class DetectMetricsTests : IDisposable
{
    private static string TimeOf(JsonElement incident, string name) =>
        DateTimeOffset.FromUnixTimeMilliseconds(incident.GetProperty(name).GetInt64()).ToString("O", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Detect_FloodInFourMetrics_IsOneIncidentThatNamesThem()
    {
        var plot = Path.Combine(_folder.Path, "plot.svg");

        var run = await OverSamplesAsync("headquarters", "2024-09-24/P1D", "bytes,pkts,flows,clients", "--format", "json", "--plot", plot);

        run.ExitCode.ShouldBe(3, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        var incident = json.RootElement.GetProperty("incidents").EnumerateArray().ShouldHaveSingleItem();
        TimeOf(incident, "start").ShouldStartWith("2024-09-24T14:10");
        TimeOf(incident, "end").ShouldStartWith("2024-09-24T14:45");
        incident.GetProperty("ongoing").GetBoolean().ShouldBeFalse();
        Metrics(incident).ShouldBe(["bytes", "pkts", "flows", "clients"], ignoreOrder: true);
        incident.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("severity").GetDouble())
            .ShouldBeInOrder(SortDirection.Descending);
        json.RootElement.GetProperty("series").EnumerateArray()
            .ShouldAllBe(static series => series.GetProperty("rows").GetProperty("time").GetArrayLength() == 288);
        File.ReadAllText(plot).ShouldContain("<svg");
    }

    [Fact]
    public async Task Detect_Scan_IsSeenInFlowsAndNotInBytes()
    {
        var run = await OverSamplesAsync("data-center", "2024-09-18/P1D", "bytes,flows", "--format", "json");

        run.ExitCode.ShouldBe(3, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("series")[0].GetProperty("incidents").GetArrayLength().ShouldBe(0);
        json.RootElement.GetProperty("counts").GetProperty("anomalous").GetInt32().ShouldBe(1);
        var incident = json.RootElement.GetProperty("incidents").EnumerateArray().ShouldHaveSingleItem();
        TimeOf(incident, "start").ShouldStartWith("2024-09-18T03:20");
        Metrics(incident).ShouldBe(["flows"]);
    }

    [Fact]
    public async Task Detect_TableOfAFlood_NamesTheMetricsAndDrawsEach()
    {
        var run = await OverSamplesAsync("headquarters", "2024-09-24/P1D", "bytes,flows");

        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldContain("2024-09-24 14:10");
        run.Output.ShouldContain("metrics");
        run.Output.ShouldContain("Anomalous of 288 rows: 7 in bytes, 7 in flows");
        run.Output.Split('\n').Count(static line => line.StartsWith("       0 ┤", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Detect_SeveralAsCsv_NamesTheMetricOfEveryRow()
    {
        var run = await DetectAsync("a,b", "--format", "csv");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("metric,timestamp,value,score");
        lines.Skip(1).Select(line => line.Split(',')[0]).CountBy(metric => metric).ShouldBe([new("a", 300), new("b", 300)]);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a,a")]
    [InlineData(" a ,")]
    [InlineData("a,c")]
    public async Task Detect_OneMetric_IsTheDocumentOfOne(string metric)
    {
        var run = await DetectAsync(metric, "--format", "json");

        run.ExitCode.ShouldBe(3, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        var series = json.RootElement.GetProperty("series").EnumerateArray().ShouldHaveSingleItem();
        series.GetProperty("metric").GetString().ShouldBe(metric == "a,c" ? metric : "a");
        series.GetProperty("rows").GetProperty("value").GetArrayLength().ShouldBe(300);
        json.RootElement.TryGetProperty("incidents", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Detect_MetricWithoutVerdict_DoesNotStopTheOthers()
    {
        var run = await DetectAsync("a,gone,b");

        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldContain("No verdict on gone:");
        run.Output.ShouldContain("1 incident");
    }

    [Theory]
    [InlineData("x", "The metric 'x' is not in the data. It has: a, b, gone")]
    [InlineData("a,x,b,y", "The metrics 'x', 'y' are not in the data. It has: a, b, gone")]
    [InlineData("a,A", "The metric 'A' is not in the data")]
    [InlineData(",", "',' names no metric")]
    [InlineData("", "names no metric")]
    [InlineData("a;b", "'a;b' is not in the data")]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33", "33 metrics are too many")]
    public async Task Detect_BadNames_ExitsWith2AndSaysWhatThereIs(string metric, string words)
    {
        var run = await DetectAsync(metric);

        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain(words);
    }

    [Fact]
    public async Task Detect_ModelWithSeveral_SaysWhatToDo()
    {
        var run = await RunAsync(Query("headquarters", "2024-09-24/P1D"), "-", "--metric", "bytes,flows", "--model", "k2_traffic_trained");

        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain("name one, or add --detector");
    }

    private static IEnumerable<string?> Metrics(JsonElement incident) =>
        incident.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("metric").GetString());

    private static Task<CommandRun> OverSamplesAsync(string sensor, string interval, string metrics, params string[] options) =>
        RunAsync(Query(sensor, interval), ["-", "--metric", metrics, .. options]);

    /// <summary><c>a</c> and <c>b</c>, both with a spike, <c>gone</c> without values, and a metric whose name looks like two.</summary>
    private static Task<CommandRun> DetectAsync(string metric, params string[] options)
    {
        var rows = Rows.Response(300, static row =>
        {
            var value = row == 200 ? 90_000 : 1000 + row * 7919 % 97;
            return $$"""{{value}},"b":{{value}},"gone":null,"a,c":{{value}}""";
        });
        return RunAsync(rows.Replace("\"bytes\"", "\"a\"", StringComparison.Ordinal), ["-", "--metric", metric, .. options]);
    }

    private static Task<CommandRun> RunAsync(string input, params string[] arguments) => CommandRun.OfAsync(
        [.. ServiceFixture.Command, "detect", .. arguments], input,
        new Dictionary<string, string> { ["Druid__druid_endpoint"] = "duckdb:samples", ["Models__path"] = Golden.Path("keras") });

    private static string Query(string sensor, string interval) => $$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"PT5M","intervals":["{{interval}}"],
         "filter":{"type":"selector","dimension":"sensor_name","value":"{{sensor}}"},
         "aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"},{"type":"longSum","name":"pkts","fieldName":"sum_pkts"},
                         {"type":"longSum","name":"flows","fieldName":"events"},
                         {"type":"hyperUnique","name":"clients","fieldName":"clients"}]}
        """;
}
