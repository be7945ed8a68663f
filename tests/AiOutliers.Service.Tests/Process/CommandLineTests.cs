using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using AiOutliers.Service.Cli;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>What makes a command line easy: examples, suggestions, completion, a manual page.</summary>
[Trait("tier", "integration")]
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Examples_OfEveryCommand_AreThereAndAreUnderstood()
    {
        foreach (var command in AllCommands.Create().Subcommands.Where(static command => !command.Hidden))
            Examples.Of(CommandLine.PathOf(command)).ShouldNotBeEmpty(CommandLine.PathOf(command));
        foreach (var example in Commands(AllCommands.Create()).SelectMany(static command => Examples.Of(CommandLine.PathOf(command))))
            CommandLine.Parse(Words(example)).Errors.ShouldBeEmpty(example);
    }

    [Fact]
    public async Task Help_OfDetect_EndsWithExamples()
    {
        var run = await RunAsync("", "detect", "--help");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("Examples:\n  rb-aioutliers detect traffic.csv\n");
        run.Error.ShouldBeEmpty();
    }

    /// <summary>As `models versions` names them.</summary>
    [Fact]
    public void Example_OfRollback_NamesAVersion() => Examples.Of("rb-aioutliers models rollback").ShouldHaveSingleItem().ShouldMatch(@" \d{8}T\d{9}Z$");

    /// <summary>It refuses several.</summary>
    [Fact]
    public void Metric_OfSelftest_IsOne() => AllCommands.Create().Subcommands.Single(static command => command.Name == "selftest")
        .Options.Single(static option => option.Name == "--metric").Description!.ShouldNotContain("several");

    [Theory]
    [InlineData("detekt", "Did you mean 'detect'?")]
    [InlineData("detect --formt json", "Did you mean '--format'?")]
    [InlineData("train traffic --epoch 3", "Did you mean '--epochs'?")]
    [InlineData("detect - --metric byte", "Did you mean 'bytes'?")]
    [InlineData("detect - --detector seasonal_scan", "Did you mean 'seasonal-scan'?")]
    [InlineData("detect - --model trafic --config samples/config.ini", "Did you mean 'traffic'?")]
    [InlineData("detect - --min-deviation lots", "it takes a number that is not negative, such as 5000, 5k, 1.5G or 2Gi")]
    public async Task Misspelt_Anything_IsBadInputOnStandardErrorWithASuggestion(string arguments, string words)
    {
        var run = await RunAsync(Rows.Day(100), arguments.Split(' '));

        run.ExitCode.ShouldBe(2, run.Output + run.Error);
        run.Error.ShouldContain(words);
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("detct x", "Unrecognized command or argument 'detct'. Did you mean 'detect'?")]
    [InlineData("detect --formt csv x", "'--formt' is not an option; --help lists them. A file of this name is ./--formt. Did you mean '--format'?")]
    [InlineData("detect x --fail-on high", "--fail-on takes a number, not 'high'.")]
    [InlineData("detect x --fail-on 101", "--fail-on 101 is not allowed; it takes a number from 0 to 100.")]
    [InlineData("detect x --fail-on NaN", "--fail-on NaN is not allowed; it takes a number from 0 to 100.")]
    [InlineData("detect x --since -1d", "--since '-1d' is not allowed; it takes an ISO 8601 duration such as P14D or PT1H, or a number with a unit: 28d, 12h, 30m, 2w.")]
    [InlineData("detect x --time-format q", "--time-format 'q' is not allowed; it takes letters of .NET, such as \"dd/MM/yyyy HH:mm\".")]
    [InlineData("detect x --by", "--by needs a value.")]
    [InlineData("train x --epochs few", "--epochs takes a whole number, not 'few'.")]
    [InlineData("train x --epochs 0", "--epochs 0 is not allowed; it takes a whole number of at least 1.")]
    [InlineData("train x --learning-rate 0", "--learning-rate 0 is not allowed; it takes a number above 0.")]
    [InlineData("train x --seed -1", "--seed takes a whole number of at least 0, not '-1'.")]
    [InlineData("evaluate x --tolerance abc", "--tolerance takes a number, not 'abc'.")]
    [InlineData("monitors preview x --days 61", "--days 61 is not allowed; it takes a whole number from 1 to 60.")]
    [InlineData("monitors preview x --until soon", "--until 'soon' is not an ISO 8601 time such as 2024-09-24 or 2024-09-24T14:30:00Z.")]
    [InlineData("monitors backfill x soon 2024-09-24", "FROM 'soon' is not an ISO 8601 time such as 2024-09-24 or 2024-09-24T14:30:00Z.")]
    [InlineData("incidents list --limit 501", "--limit 501 is not allowed; it takes a whole number from 1 to 500.")]
    [InlineData("models show nope", "Unrecognized command or argument 'show'.")]
    [InlineData("detect x --format xml", "'xml' is not one of table, json, csv.")]
    [InlineData("completion tcsh", "Unrecognized command or argument 'tcsh'.")]
    public void UsageErrors_OfOneMistake_AreOneLine(string arguments, string words)
    {
        var parsed = CommandLine.Parse(arguments.Split(' '));
        var known = AllCommands.Create().Subcommands.Select(static command => command.Name).Append("--format").ToArray();

        UsageErrors.Of(parsed, known).ShouldBe([words]);
    }

    [Fact]
    public async Task Misspelt_Sensor_IsSuggested()
    {
        const string query = """
            {"queryType":"timeseries","dataSource":"rb_flow","granularity":"PT5M","intervals":["2024-09-24/2024-09-25"],
            "filter":{"type":"selector","dimension":"sensor_name","value":"headquarter"},
            "aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}]}
            """;
        var run = await RunAsync(query, "detect", "-", "--config", "samples/config.ini");

        run.ExitCode.ShouldBe(4, run.Output);
        run.Error.ShouldContain("has the sensor_name 'headquarter'. Did you mean 'headquarters'?");
    }

    [Fact]
    public async Task Misspelt_ConfigurationKey_WarnsInACommand()
    {
        var config = Write("c.ini", "[Outliers]\nhistry = off\n");
        (await RunAsync(Rows.Day(100), "detect", "-", "--config", config)).Error
            .ShouldContain("warning: [Outliers] histry is not a known key; it is ignored. Did you mean 'history'?");
    }

    [Fact]
    public async Task Bare_NoCommand_ShowsTheHelpOnStandardError()
    {
        var run = await RunAsync("");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("detect");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Detect_AtName_IsTheFileOfThatName()
    {
        var file = Write("day.json", Rows.Day(300));
        (await RunAsync("", "detect", "@" + file)).ExitCode.ShouldBe(0);
        (await RunAsync("", "detect", file, "--metric", "@bytes")).Error.ShouldContain("The metric '@bytes' is not in the data");
    }

    [Theory]
    [InlineData("5M", "1 incident")]
    [InlineData("5T", "0 of 300 rows are anomalous in bytes (seasonal-scan).")]
    public async Task Detect_MinDeviationWithAPrefix_IsUnderstood(string least, string words) =>
        (await RunAsync(Rows.Day(300, spike: 200), "detect", "-", "--min-deviation", least)).Output.ShouldContain(words);

    [Fact]
    public async Task Detect_PathsOfTheConfiguration_AreRelativeToIt()
    {
        File.Copy(Path.Combine(Golden.Root, "samples/rb_flow.parquet"), Path.Combine(_folder.Path, "rb_flow.parquet"));
        var config = Write("c.ini", "[Druid]\ndruid_endpoint = duckdb:.\n");

        var run = await RunAsync("", "detect", "samples/query.json", "--config", config);

        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldStartWith("Read rb_flow from duckdb:");
    }

    [Fact]
    public async Task Detect_ShortQuery_FindsTheFloodOfItsSensor()
    {
        const string query = "rb_flow bytes by sensor_name where sensor_name=headquarters|branch-madrid from 2024-09-24 to 2024-09-25 every 5m";
        var run = await RunAsync("", "detect", query, "--config", "samples/config.ini");

        run.ExitCode.ShouldBe(3, run.Output + run.Error);
        run.Output.ShouldContain("headquarters");
        run.Output.ShouldContain("2024-09-24 14:10");
    }

    [Fact]
    public async Task Detect_QueryOfAShortQuery_PrintsTheNativeOne()
    {
        var run = await RunAsync("", "detect", "rb_flow bytes,packets where a=1 and b!=\"x y\" last 7d every 5m", "--query");

        run.ExitCode.ShouldBe(0, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("granularity").GetString().ShouldBe("PT5M");
        json.RootElement.GetProperty("filter").GetProperty("fields")[1].GetProperty("field").GetProperty("value").GetString().ShouldBe("x y");
        json.RootElement.GetProperty("aggregations")[0].GetProperty("fieldName").GetString().ShouldBe("sum_bytes");
        json.RootElement.GetProperty("aggregations")[1].GetProperty("type").GetString().ShouldBe("doubleSum");
    }

    [Theory]
    [InlineData("rb_flow bytes every soon", "'every soon' is not a span of time")]
    [InlineData("rb_flow bytes where a", "'a' is not of the form dimension=value")]
    [InlineData("rb_flow bytes by", "nothing follows 'by'")]
    [InlineData("rb_flow by sensor_name", "it begins with a data source and its metrics")]
    public async Task Detect_ShortQueryOfAnotherForm_SaysWhatIsWrong(string query, string words)
    {
        var run = await RunAsync("", "detect", query);

        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain(words);
    }

    [Theory]
    [InlineData("bash", "complete -o filenames -F _rb_aioutliers rb-aioutliers")]
    [InlineData("zsh", "#compdef rb-aioutliers")]
    [InlineData("fish", "complete -c rb-aioutliers")]
    public async Task Completion_OfAShell_IsPrinted(string shell, string words) =>
        (await RunAsync("", "completion", shell)).Output.ShouldContain(words);

    [Fact]
    public async Task Completion_InBash_KnowsCommandsAndOptions()
    {
        const string script = """
            source /dev/stdin
            rb-aioutliers() { "$PROGRAM" "$@"; }
            COMP_LINE="rb-aioutliers detect --form" COMP_POINT=27 COMP_WORDS=(rb-aioutliers detect --form) COMP_CWORD=2
            _rb_aioutliers
            echo "${COMPREPLY[@]}"
            """;
        var completion = (await RunAsync("", "completion", "bash")).Output;
        var run = await CommandRun.OfAsync(
            ["bash", "-c", script], completion, new Dictionary<string, string> { ["PROGRAM"] = Wrapper() });

        run.Output.Trim().ShouldBe("--format", run.Error);
    }

    [Fact]
    public async Task Man_Page_NamesEveryCommandAndIsReadable()
    {
        var run = await RunAsync("", "man");

        run.Output.ShouldStartWith(".TH RB-AIOUTLIERS 1\n");
        foreach (var command in AllCommands.Create().Subcommands.Where(static command => !command.Hidden))
            run.Output.ShouldContain($".SS {command.Name}");
        run.Output.ShouldContain(".B \\-\\-fail\\-on FAIL-ON\n".Replace("FAIL-ON", "FAIL\\-ON", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_OfTheProgram_BeginsWithTheNumber() =>
        (await RunAsync("", "--version")).Output.ShouldMatch(@"^\d+\.\d+\.\d+(\+[0-9a-f]{7,40})?\s*$");

    [Fact]
    public async Task Detect_InANarrowWindow_WritesIncidentsInLines()
    {
        var run = await CommandRun.OfAsync(
            [.. ServiceFixture.Command, "detect", "-"], Rows.Day(300, spike: 200), new Dictionary<string, string> { ["COLUMNS"] = "45" });

        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldMatch(@"\d{4}-\d\d-\d\d \d\d:\d\d, \d+ min: spike,");
        run.Output.ShouldNotContain("╭");
    }

    [Fact]
    public async Task Columns_InAPipe_AreRespected()
    {
        var wide = await CommandRun.OfAsync(
            [.. ServiceFixture.Command, "detect", "-"], Rows.Day(300, spike: 200), new Dictionary<string, string> { ["COLUMNS"] = "150" });
        wide.Output.Split('\n').Max(static line => line.Length).ShouldBeInRange(100, 150);
    }

    [Fact]
    public async Task Interrupt_WhileItWaitsForInput_ExitsWith130()
    {
        // A shell that runs the tests in the background lets them ignore the signal, and what they start with them.
        string[] words = ["--default-signal=INT", .. ServiceFixture.Command, "detect", "-"];
        var start = new ProcessStartInfo("env", words) { RedirectStandardInput = true, RedirectStandardError = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        await Task.Delay(TimeSpan.FromSeconds(2));
        using var kill = System.Diagnostics.Process.Start("kill", ["-INT", process.Id.ToString()]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        process.ExitCode.ShouldBe(130, await process.StandardError.ReadToEndAsync());
    }

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);

    /// <summary>The last command of a line as a shell would split it.</summary>
    private static string[] Words(string line)
    {
        var command = line[line.IndexOf("rb-aioutliers", StringComparison.Ordinal)..].Split(" > ")[0].Split(" | ")[^1];
        return [.. command.Split('"').SelectMany(static (part, at) => at % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Skip(1)];
    }

    /// <summary>A program of one word.</summary>
    private string Wrapper()
    {
        var path = Write("program", $"#!/bin/sh\nexec {string.Join(' ', ServiceFixture.Command)} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static Task<CommandRun> RunAsync(string input, params string[] arguments) =>
        CommandRun.OfAsync([.. ServiceFixture.Command, .. arguments], input);
}
