using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Inputs that failed once, as a user gives them: the right answer, or a message that a stranger can act on.</summary>
[Trait("tier", "integration")]
public sealed class CaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("c01_gap18h_5min.json.gz", 0, "0 of 2,088 rows are anomalous")]
    [InlineData("c01_product_sample_gap12h.json.gz", 3, "16 of 7,920 rows are anomalous")]
    [InlineData("c02_two_times.parquet", 0, "Several columns hold times; 'timestamp' is taken.")]
    [InlineData("c02_infinite_time.parquet", 0, "Left out: 1 row without a time in 'timestamp'.")]
    [InlineData("c02_time_last.parquet", 0, "judged: bytes")]
    [InlineData("c02_date.parquet", 0, "every 1 d")]
    [InlineData("c03_zero6h_5min.json.gz", 3, "72 of 2,304 rows are anomalous")]
    [InlineData("c04_daily_clean.json.gz", 0, "0 of 84 rows are anomalous")]
    [InlineData("c04_daily_zero_tuesday.json.gz", 3, "2024-03-05 00:00")]
    [InlineData("c04_daily_triple_tuesday.json.gz", 3, "2024-03-05 00:00")]
    [InlineData("c05_24_hours_x1000.json.gz", 3, "1 of 24 rows is anomalous")]
    [InlineData("c06_epoch_seconds.csv", 3, "2024-09-14 12:00")]
    [InlineData("c06_epoch_seconds.json", 3, "2024-09-14 12:00")]
    [InlineData("c06_iso.csv", 3, "2024-09-14 12:00")]
    [InlineData("c06_yyyymmddhhmm.csv", 2, "say which with --time-format yyyyMMddHHmm")]
    [InlineData("c07_clock_only.csv", 2, "'00:00' has no date")]
    [InlineData("c07_day_first.csv", 2, "(2024-09-01 or 2024-01-09); say which with --time-format")]
    [InlineData("c09_longmax_ok.json.gz", 3, "2024-09-09 20:40")]
    [InlineData("c09_longmax_sentinel.json.gz", 3, "2024-09-09 20:40")]
    [InlineData("c11_python_nan.json", 3, "1 missing")]
    [InlineData("c16_job_every_0600.json.gz", 0, "0 of 4,032 rows are anomalous")]
    [InlineData("c17_small_counts.json.gz", 0, "0 of 4,032 rows are anomalous")]
    [InlineData("c19_one_empty_time.csv", 4, "too short to judge")]
    [InlineData("c21_sketch_beside_bytes.json", 3, "'users' is left out: it holds something other than numbers.")]
    [InlineData("c23_response.json.gz", 3, "2 incidents")]
    public async Task Detect_Case_IsRightOrSaysWhatToDo(string file, int exitCode, string words)
    {
        var run = await DetectAsync(Golden.Path($"cases/{file}"));

        run.ExitCode.ShouldBe(exitCode, run.Output + run.Error);
        (run.Output + run.Error).ShouldContain(words);
    }

    [Fact]
    public async Task Detect_TimeThatSaysItsForm_IsReadAsTheSameInIso()
    {
        var run = await DetectAsync(Golden.Path("cases/c06_yyyymmddhhmm.csv"), "--time-format", "yyyyMMddHHmm");

        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldContain("2024-09-14 12:00");
    }

    [Fact]
    public async Task Detect_EmbeddedFileWithARowWithoutATime_NamesItAndAnswers()
    {
        File.Copy(Golden.Path("cases/c19_one_empty_time.csv"), Path.Combine(_folder.Path, "d.csv"));
        var config = Path.Combine(_folder.Path, "config.ini");
        File.WriteAllText(config, "[Druid]\ndruid_endpoint = duckdb:.\n");

        var run = await DetectAsync(Golden.Path("cases/c19_query.json"), "--config", config);

        run.ExitCode.ShouldBe(4, run.Error);
        run.Output.ShouldContain("Left out: 1 row of 'd.csv' without a time.");
    }

    /// <summary>A shell has no fields: the file is what the user knows.</summary>
    [Theory]
    [InlineData("detect")]
    [InlineData("detect", "--by", "host")]
    [InlineData("selftest", "--data")]
    [InlineData("train", "m", "--data")]
    public async Task Command_QueryWithoutADataSource_NamesTheFile(params string[] words)
    {
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, .. words, Golden.Path("cases/c19_query.json")]);

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldBe("rb-aioutliers: 'c19_query.json' is a query, and no data source is configured; "
            + "set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER\n");
    }

    [Fact]
    public async Task Post_PythonsNaN_IsMissingAsInThePythonService()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);

        var answer = await ServiceFixture.PostAsync(service, "/calculate", ("data", File.ReadAllText(Golden.Path("cases/c11_python_nan.json"))));

        answer.Json.GetProperty("status").GetString().ShouldBe("success");
    }

    private static Task<CommandRun> DetectAsync(params string[] arguments) => CommandRun.OfAsync([.. ServiceFixture.Command, "detect", .. arguments]);
}
