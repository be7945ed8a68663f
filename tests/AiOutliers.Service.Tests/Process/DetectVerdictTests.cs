using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>What scripts ask of <c>detect</c>: was it judged, was it bad, and of which rows.</summary>
[Trait("tier", "integration")]
public sealed class DetectVerdictTests
{
    private const string Alike = "all values of bytes are alike";

    [Theory]
    [InlineData("[]", "the data has no rows")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":1}}]""", "too short to judge: 1 value of bytes")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":null}},{"timestamp":"2024-03-01T00:01:00.000Z","result":{"bytes":null}}]""", "no row has a value of bytes")]
    [InlineData("constant", Alike)]
    public async Task Detect_TooLittleToJudge_ExitsWith4AndSaysWhy(string input, string words)
    {
        input = input == "constant" ? Rows.Response(300, static _ => "5") : input;
        foreach (var format in new[] { "table", "json", "csv" })
        {
            var run = await DetectAsync(input, "--format", format);

            run.ExitCode.ShouldBe(4, run.Output + run.Error);
            (run.Output + run.Error).ShouldContain(words);
        }
    }

    [Theory]
    [InlineData("headquarter", "sum_bytes")]
    [InlineData("headquarters", "sum_byte")]
    public async Task Detect_MisspeltSensorOrField_ExitsWith4(string sensor, string field)
    {
        var query = $$"""
            {"queryType":"timeseries","dataSource":"rb_flow","granularity":"PT5M","intervals":["2024-09-24/2024-09-25"],
            "filter":{"type":"selector","dimension":"sensor_name","value":"{{sensor}}"},
            "aggregations":[{"type":"longSum","name":"bytes","fieldName":"{{field}}"}]}
            """;
        var run = await DetectAsync(query, "--config", "samples/config.ini");

        run.ExitCode.ShouldBe(4, run.Output + run.Error);
    }

    [Theory]
    [InlineData("1", 3)]
    [InlineData("100", 0)]
    public async Task Detect_FailOn_CountsOnlyWhatIsSevere(string severity, int exitCode)
    {
        var run = await DetectAsync(Rows.Day(300, spike: 200), "--fail-on", severity);

        run.ExitCode.ShouldBe(exitCode, run.Error);
        run.Output.ShouldContain("1 incident");
    }

    [Theory]
    [InlineData("a:300,b:3", 4)]
    [InlineData("a:3,b:300:spike", 3)]
    [InlineData("a:300,b:300", 0)]
    public async Task Detect_SeveralSeries_ExitsWithTheWorst(string series, int exitCode)
    {
        var run = await DetectAsync(Events(series));

        run.ExitCode.ShouldBe(exitCode, run.Output + run.Error);
    }

    [Fact]
    public async Task Detect_OneSeries_SaysWhatWasRead()
    {
        var rows = Rows.Day(300, spike: 200).TrimEnd(']')
            + """,{"timestamp":"2023-10-12T05:10:00.000Z","result":{"bytes":7}},{"timestamp":"2023-10-12T05:10:00.000Z","result":{"bytes":8}}]""";
        const string Line = "Read standard input: 1 series, 301 rows, 2023-10-12 00:00 to 2023-10-12 05:11 UTC, every 1 min; "
            + "10 missing, 1 duplicate, 0 held back; judged: bytes.";

        (await DetectAsync(rows)).Output.ShouldStartWith(Line);
        (await DetectAsync(rows, "--format", "csv")).Error.ShouldStartWith(Line);
        using var json = JsonDocument.Parse((await DetectAsync(rows, "--format", "json")).Output);
        var read = json.RootElement.GetProperty("read");
        read.GetProperty("rows").GetInt32().ShouldBe(301);
        read.GetProperty("missing").GetInt32().ShouldBe(10);
        read.GetProperty("step").GetInt64().ShouldBe(60_000);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task Detect_SeveralSeries_SaysWhatWasReadAndNotJudgedInEveryFormat(string format)
    {
        var run = await DetectAsync(Events("a:300,b:3"), "--format", format);

        var said = format == "table" ? run.Output : run.Error;
        said.ShouldContain("Read standard input: 2 series, 303 rows, 2024-03-01 00:00 to 2024-03-01 05:00 UTC, every 1 min");
        said.ShouldContain("No verdict on 1 of 2 series: too short to judge");
    }

    [Fact]
    public async Task SelfTest_AndEvaluate_SayWhatWasRead()
    {
        (await CommandRun.OfAsync([.. ServiceFixture.Command, "selftest", "--data", "-"], Rows.Day(1440)))
            .Output.ShouldStartWith("Read standard input: 1 series, 1,440 rows");
        (await CommandRun.OfAsync([.. ServiceFixture.Command, "evaluate", Golden.Path("series"), "--detector", "shallow"]))
            .Output.ShouldMatch("^Read [0-9]+ labelled series, [0-9,]+ rows; ");
    }

    [Fact]
    public async Task Detect_ServiceThatCannotJudge_ExitsWith4AndSaysWhy()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);

        var run = await DetectAsync(Rows.Day(3), "--service", service.Address.ToString());

        run.ExitCode.ShouldBe(4, run.Error);
        run.Output.ShouldContain("No verdict: too short to judge");
    }

    private static Task<CommandRun> DetectAsync(string input, params string[] arguments) =>
        CommandRun.OfAsync([.. ServiceFixture.Command, "detect", "-", .. arguments], input);

    /// <summary>A groupBy's answer at one minute; each series has a number of rows, and perhaps a spike in its middle.</summary>
    private static string Events(string series)
    {
        var begin = new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        var rows = from one in series.Split(',')
                   let parts = one.Split(':')
                   let count = int.Parse(parts[1])
                   from row in Enumerable.Range(0, count)
                   let value = parts.Length > 2 && row == count / 2 ? 900_000 : 1000 + row * 7919 % 97
                   select $$$"""{"timestamp":"{{{begin.AddMinutes(row):yyyy-MM-ddTHH:mm:ss.000Z}}}","event":{"host":"{{{parts[0]}}}","bytes":{{{value}}}}}""";
        return $"[{string.Join(',', rows)}]";
    }
}
