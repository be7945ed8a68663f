using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary><c>detect --explain</c> over the samples: what a newcomer sees.</summary>
[Trait("tier", "integration")]
public sealed class DetectCausesTests : IDisposable
{
    private const string Flood = "dst_ip 10.1.2.3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Detect_ExplainAFlood_NamesTheTargetWithItsPortAndSources()
    {
        var run = await DetectAsync(Query(""), "--explain", "dst_ip,protocol,dst_port");

        run.ExitCode.ShouldBe(3, run.Error);
        var words = string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words.ShouldContain($"2024-09-24 14:10, 35 min, bytes: All of it: {Flood} (of it: protocol 17 100 %, dst_port 53 100 %)");
        words.ShouldContain("1,800 src_ip");
    }

    [Fact]
    public async Task Detect_ExplainManySeriesAsJson_GivesCausesOfEachIncident()
    {
        var run = await DetectAsync(
            Query("sensor_name"), "--by", "sensor_name", "--metric", "bytes,clients", "--explain", "auto", "--format", "json");

        run.ExitCode.ShouldBe(3, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        var series = json.RootElement.EnumerateArray()
            .Single(static one => one.GetProperty("key").GetProperty("sensor_name").GetString() == "headquarters");
        var causes = series.GetProperty("incidents")[0].GetProperty("causes");
        causes.GetProperty("verdict").GetString().ShouldBe("concentrated");
        causes.GetProperty("metric").GetString().ShouldBe("bytes");
        var element = causes.GetProperty("elements")[0];
        element.GetProperty("where").GetProperty("dst_ip").GetString().ShouldBe("10.1.2.3");
        element.GetProperty("new").GetBoolean().ShouldBeTrue();
        element.GetProperty("distinct").GetProperty("src_ip").GetInt32().ShouldBe(1800);
    }

    [Fact]
    public async Task Detect_ExplainRowsOfAFile_SaysThatItTakesAQuery()
    {
        var run = await DetectAsync("timestamp,value\n2024-03-01T00:00:00Z,1\n", "--explain", "dst_ip");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--explain asks the data source for causes, so it takes a Druid query");
    }

    private static string Query(string by) => $$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":{"type":"period","period":"PT5M"},
         "intervals":["2024-09-24T12:00Z/2024-09-24T16:00Z"],
         {{(by == "" ? """ "filter":{"type":"selector","dimension":"sensor_name","value":"headquarters"}, """ : "")}}
         "aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"},
           {"type":"hyperUnique","name":"clients","fieldName":"clients"}]}
        """;

    private async Task<CommandRun> DetectAsync(string input, params string[] options)
    {
        var path = Path.Combine(_folder.Path, "input");
        await File.WriteAllTextAsync(path, input);
        return await CommandRun.OfAsync([.. ServiceFixture.Command, "detect", path, .. options], environment: new Dictionary<string, string>
        {
            ["Druid__druid_endpoint"] = "duckdb:" + Path.Combine(Golden.Root, "samples"),
            ["Traffic__explain_data_source"] = "rb_flow_detail",
        });
    }
}
