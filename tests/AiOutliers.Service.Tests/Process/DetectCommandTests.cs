using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>The command line as scripts use it: what comes out, and the exit code.</summary>
[Trait("tier", "integration")]
public sealed class DetectCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Detect_DayWithASpike_ExitsWith3AndGivesEveryRowAScore()
    {
        var run = await DetectAsync(Rows.Day(300, spike: 200), "-", "--format", "csv");

        run.ExitCode.ShouldBe(3, run.Error);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(301);
        lines[0].ShouldStartWith("timestamp,value,score,anomaly,expected");
        lines.Single(line => line.StartsWith(Rows.Stamp(200), StringComparison.Ordinal)).Split(',')[3].ShouldBe("1");
        lines.Skip(1).ShouldAllBe(line => line.Split(',')[2].Length > 0);
    }

    [Fact]
    public async Task Detect_NothingFound_ExitsWith0()
    {
        // With sensitivity 0 nothing is an anomaly.
        var run = await RunAsync(Rows.Response(300, _ => "5"), new() { ["ShallowOutliers__sensitivity"] = "0" }, "detect", "-", "--detector", "shallow");
        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Output.ShouldContain("0 of 300 rows are anomalous");
    }

    [Fact]
    public async Task Detect_OutputAndPlot_WritesThem()
    {
        var input = Path.Combine(_folder.Path, "traffic.csv");
        File.WriteAllLines(input, Enumerable.Range(0, 300).Select(row => $"{Rows.Stamp(row)},{(row == 200 ? 90_000 : 1000 + row % 7)}").Prepend("timestamp,bytes"));
        var (scores, plot) = (Path.Combine(_folder.Path, "scores.json"), Path.Combine(_folder.Path, "plot.svg"));

        var run = await DetectAsync("", input, "--output", scores, "--plot", plot);

        run.ExitCode.ShouldBe(3, run.Error);
        using var json = JsonDocument.Parse(File.ReadAllBytes(scores));
        json.RootElement.GetProperty("series")[0].GetProperty("rows").GetProperty("score").GetArrayLength().ShouldBe(300);
        File.ReadAllText(plot).ShouldContain("<svg");
        run.Output.ShouldContain("of 300 rows is anomalous in bytes");
    }

    [Theory]
    [InlineData("no JSON and no CSV", "", "has one column only")]
    [InlineData("", "", "standard input is empty")]
    [InlineData("[1]", "", "row 1")]
    [InlineData(null, "--metric pkts", "'pkts' is not in the data")]
    [InlineData(null, "--detector magic", "'magic' is not a detector")]
    [InlineData(null, "--model magic", "'magic' is not a model")]
    [InlineData(null, "--plot plot.gif", "must end in .svg or .png")]
    [InlineData(null, "--output scores.txt", "must end in .csv or .json")]
    [InlineData(null, "--output /no/such/folder/scores.csv", "the folder does not exist")]
    [InlineData(null, "--config /no/such.ini", "the file does not exist")]
    [InlineData(null, "--format xml", "xml")]
    [InlineData(null, "--service http://127.0.0.1:1 --format csv", "--format cannot be used with --service")]
    [InlineData(null, "--frobnicate", "frobnicate")]
    public async Task Detect_BadInput_ExitsWith2AndSaysWhatIsWrong(string? input, string options, string words)
    {
        var run = await DetectAsync(input ?? Rows.Day(100), ["-", .. options.Replace("\\0", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        run.ExitCode.ShouldBe(2, run.Output + run.Error);
        run.Error.ShouldContain(words);
        run.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("--detector shallow --alarms sharp", "shallow does not honour --alarms")]
    [InlineData("--model k2_traffic_trained --sensitivity high --direction up", "'k2_traffic_trained' does not honour --sensitivity, --direction")]
    [InlineData("--model k2_traffic_trained --detector shallow", "--detector and --model exclude each other")]
    [InlineData("--history soon", "--history 'soon' is not allowed; it takes auto, off, or an ISO 8601 duration")]
    [InlineData("--since yesterday", "--since 'yesterday' is not allowed")]
    [InlineData("--time-zone Mars/Olympus", "--time-zone 'Mars/Olympus' is not allowed; it takes the IANA name of a time zone")]
    [InlineData("--detector shallow --time-zone UTC", "shallow does not honour --time-zone")]
    [InlineData("--last -3d", "--last '-3d' is not allowed")]
    public async Task Detect_OptionThatCannotBeHonoured_IsRefusedByName(string options, string words)
    {
        var run = await RunAsync(Rows.Day(100), new() { ["Models__path"] = Golden.Path("keras") }, ["detect", "-", .. options.Split(' ')]);

        run.ExitCode.ShouldBe(2, run.Output + run.Error);
        run.Error.ShouldContain(words);
    }

    [Fact]
    public async Task Detect_QueryOfASensorWithAModel_HonoursWhatIsAskedFor()
    {
        foreach (var extension in new[] { ".keras", ".ini" })
            File.Copy(Golden.Path("keras/k2_traffic_trained" + extension), Path.Combine(_folder.Path, "hq" + extension));
        File.WriteAllText(Path.Combine(_folder.Path, "hq_filter.json"), """{"type":"selector","dimension":"sensor_name","value":"headquarters"}""");
        Task<CommandRun> detect(params string[] options) =>
            RunAsync("", new() { ["Models__path"] = _folder.Path }, ["detect", "samples/query.json", "--config", "samples/config.ini", .. options]);

        (await detect()).Output.ShouldContain("(hq)");
        (await detect("--detector", "seasonal-scan", "--sensitivity", "low")).Output.ShouldContain("(seasonal-scan)");
        var refused = await detect("--sensitivity", "low");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("the model 'hq' does not honour --sensitivity; leave it out, or add --detector");
    }

    [Theory]
    [InlineData("PT12H", 3, "7 of 144 rows")]
    [InlineData("2h", 0, "0 of 24 rows")]
    public async Task Detect_Since_AnswersForTheLatestRowsOnly(string since, int exit, string words)
    {
        var run = await RunAsync("", [], "detect", "samples/query.json", "--config", "samples/config.ini", "--since", since);

        run.ExitCode.ShouldBe(exit, run.Output + run.Error);
        run.Output.ShouldContain(words);
    }

    [Fact]
    public async Task Detect_LastOfAFile_TakesItsLastRows() =>
        (await DetectAsync(Rows.Day(1440), "-", "--last", "2h", "--format", "csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(121);

    [Fact]
    public async Task Detect_MistypedOptionInPlaceOfTheFile_IsNotTakenForIt() =>
        (await DetectAsync("", "--frobnicate")).Error.ShouldContain("'--frobnicate' is not an option");

    [Fact]
    public async Task Detect_ServiceThatIsNotThere_ExitsWith1() =>
        (await DetectAsync(Rows.Day(100), "-", "--service", "http://127.0.0.1:1")).ExitCode.ShouldBe(1);

    [Fact]
    public async Task Models_List_NamesWhatCannotBeUsedAndWhy()
    {
        var run = await RunAsync("", Models(), "models");
        run.Output.ShouldContain("k2_traffic_trained");
        run.Output.ShouldContain("k2_dense.ini");
        run.ExitCode.ShouldBe(1, run.Error);
    }

    [Fact]
    public async Task ModelsInspect_TrainedModel_PrintsLayersShapesThresholdsColumns()
    {
        var run = await RunAsync("", Models(), "models", "inspect", "k2_traffic_trained");
        run.ExitCode.ShouldBe(0, run.Error);
        foreach (var words in new[] { "LSTM", "32, 20", "anomalous above", "bits_per_sec_per_client", "weekday_6" })
            run.Output.ShouldContain(words);
    }

    /// <summary>The loss of a row as a whole has no limit there.</summary>
    [Fact]
    public async Task ModelsInspect_ModelWithResiduals_NamesTheirLimits()
    {
        var run = await RunAsync("", new() { ["Models__path"] = Path.Combine(Golden.Root, "models") }, "models", "inspect", "traffic");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ReplaceLineEndings(" ").ShouldMatch(@"anomalous above +the limits of each metric, in \[Residuals\] of +traffic\.ini");
    }

    [Fact]
    public async Task ModelsInspect_UnknownName_ExitsWith2() =>
        (await RunAsync("", Models(), "models", "inspect", "../k2_traffic_trained")).ExitCode.ShouldBe(2);

    /// <summary>A noisy sensor, and an outage that hardly raises the alarm yet: the hour before it stays ordinary.</summary>
    [Fact]
    public async Task Detect_OutageThatGoesOn_AccusesItsOwnRowsOnly()
    {
        const string query = """
            {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["2024-09-25T09:20:00Z/2024-09-25T10:20:00Z"],
             "filter":{"type":"selector","dimension":"sensor_name","value":"branch-madrid"},
             "aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}]}
            """;

        var run = await RunAsync(query, [], "detect", "-", "--config", "samples/config.ini");

        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldContain("15 of 60 rows are anomalous");
    }

    private static Dictionary<string, string> Models() => new() { ["Models__path"] = Golden.Path("keras") };

    private static Task<CommandRun> DetectAsync(string input, params string[] arguments) => RunAsync(input, [], ["detect", .. arguments]);

    private static Task<CommandRun> RunAsync(string input, Dictionary<string, string> environment, params string[] arguments) =>
        CommandRun.OfAsync([.. ServiceFixture.Command, .. arguments], input, environment);
}
