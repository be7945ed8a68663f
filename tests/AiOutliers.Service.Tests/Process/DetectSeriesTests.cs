using System.Globalization;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary><c>detect</c> of many series: one per key, the exit code is the worst.</summary>
[Trait("tier", "integration")]
public sealed class DetectSeriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Detect_By_FindsInEachSeriesWhatItsOwnQueryFinds()
    {
        var by = await DetectAsync(Query(filter: ""), "--by", "sensor_name");
        var alone = await DetectAsync(Query("""
            "filter":{"type":"selector","dimension":"sensor_name","value":"headquarters"},
            """), "--detector", "seasonal-scan");

        by.ExitCode.ShouldBe(3, by.Error);
        using var all = JsonDocument.Parse(by.Output);
        using var one = JsonDocument.Parse(alone.Output);
        all.RootElement.GetArrayLength().ShouldBe(4);
        var same = all.RootElement.EnumerateArray().Single(series => series.GetProperty("key").GetProperty("sensor_name").GetString() == "headquarters");
        var (ofMany, ofOne) = (same.GetProperty("series")[0], one.RootElement.GetProperty("series")[0]);
        ofMany.GetProperty("incidents").GetArrayLength().ShouldBeGreaterThan(0);
        Reasons(ofMany).ShouldBe(Reasons(ofOne));
        JsonElement.DeepEquals(ofMany.GetProperty("rows"), ofOne.GetProperty("rows")).ShouldBeTrue();
        JsonElement.DeepEquals(same.GetProperty("history"), one.RootElement.GetProperty("history")).ShouldBeTrue();
    }

    [Fact]
    public async Task Detect_GroupByAnswerInAFile_JudgesEachSeriesAndPrintsItsKey()
    {
        var run = await DetectAsync(Rows(300, "quiet", "loud"), "table");

        run.ExitCode.ShouldBe(3, run.Error);
        // A column for each dimension, with its name above.
        run.Output.ShouldContain("│ host │");
        run.Output.ShouldContain("│ loud │");
        run.Output.ShouldNotContain("quiet");
        run.Output.ShouldContain("1 of 2 series is anomalous, 2 were judged, 1 incident.");
    }

    [Fact]
    public async Task Detect_GroupByAnswerWithNothingInIt_ExitsWith0() =>
        (await DetectAsync(Rows(300, "quiet", "calm"), "table")).ExitCode.ShouldBe(0);

    [Fact]
    public async Task Detect_CsvOfNamesThatAreFormulas_IsNoneForASpreadsheet()
    {
        var run = await DetectAsync(Rows(100, "=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(1)", "\\ttab", "plain"), "csv");

        run.Output.Split('\n').Skip(1).Where(static line => line.Length > 0).Select(static line => line.Split(',')[0]).Distinct().Order()
            .ShouldBe(["'+1+1", "'=cmd|' /C calc'!A0", "'@SUM(1)", "'\ttab", "-2", "plain"], ignoreOrder: true);
    }

    [Fact]
    public async Task Detect_CsvOfManySeries_BeginsWithTheDimensions()
    {
        var run = await DetectAsync(Rows(300, "quiet", "loud"), "csv");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("host,timestamp,value,");
        lines.Length.ShouldBe(601);
        lines.Count(static line => line.StartsWith("loud,", StringComparison.Ordinal)).ShouldBe(300);
    }

    [Fact]
    public async Task Detect_OneSeriesTooShort_IsCountedAndDoesNotStopTheOthers()
    {
        var shorter = Rows(300, "quiet", "loud").TrimEnd(']') + """,{"timestamp":"2024-03-01T00:00:00.000Z","event":{"host":"new","bytes":5}}]""";
        var run = await DetectAsync(shorter, "table");

        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldContain("No verdict on 1 of 3 series");
        run.Output.ShouldContain("1 of 3 series is anomalous, 2 were judged");
    }

    [Theory]
    [InlineData("--plot p.svg", "--plot draws one series")]
    [InlineData("--metric pkts", "'pkts' is not in the data")]
    [InlineData("--last 1h", "--last takes the last rows of one series")]
    [InlineData("--output /no/such/folder/x.json", "the folder does not exist")]
    public async Task Detect_OptionThatManySeriesCannotHonour_ExitsWith2(string options, string words)
    {
        var run = await DetectAsync(Rows(100, "quiet", "loud"), ["table", .. options.Split(' ')]);

        run.ExitCode.ShouldBe(2, run.Output + run.Error);
        run.Error.ShouldContain(words);
    }

    [Fact]
    public async Task Detect_ByOtherDimensionsThanTheQueryHas_NamesThem()
    {
        var query = Query("""
            "dimensions":["sensor_name"],
            """).Replace("timeseries", "groupBy", StringComparison.Ordinal);
        var run = await DetectAsync(query, "--by", "app");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("the query is a groupBy by sensor_name, not by app");
    }

    private static string[] Reasons(JsonElement series) =>
        [.. series.GetProperty("incidents").EnumerateArray().Select(static one => $"{one.GetProperty("start")} {one.GetProperty("end")} {one.GetProperty("reason")}")];

    private static string Query(string filter) => $$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"PT5M","intervals":["2024-09-24T12:00:00Z/2024-09-25T00:00:00Z"],
        {{filter}} "aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}]}
        """;

    /// <summary>A groupBy's answer at one minute; the series <c>loud</c> has a spike.</summary>
    private static string Rows(int count, params string[] hosts)
    {
        var begin = new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        var rows = Enumerable.Range(0, count).SelectMany(row => hosts.Select(host => string.Create(CultureInfo.InvariantCulture,
            $$$"""{"version":"v1","timestamp":"{{{begin.AddMinutes(row):yyyy-MM-ddTHH:mm:ss.fffZ}}}","event":{"host":"{{{host}}}","bytes":{{{(host == "loud" && row == 200 ? 90_000 : 1000 + row % 7)}}} } }""")));
        return $"[{string.Join(",", rows)}]";
    }

    /// <param name="input">A file's content.</param>
    /// <param name="options">A format, or else JSON, and options.</param>
    private async Task<CommandRun> DetectAsync(string input, params string[] options)
    {
        var file = Path.Combine(_folder.Path, "input.json");
        await File.WriteAllTextAsync(file, input);
        string[] format = options[0].StartsWith('-') ? ["--format", "json", .. options] : ["--format", .. options];
        return await CommandRun.OfAsync([.. ServiceFixture.Command, "detect", file, .. format],
            environment: new Dictionary<string, string> { ["Druid__druid_endpoint"] = "duckdb:" + Path.Combine(Golden.Root, "samples") });
    }
}
