using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Budgets;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.SelfTest;
using AiOutliers.Engine.Tests.Analysis.History;
using AiOutliers.Engine.Tests.Training;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Engine.Tests.SelfTest;

public sealed class SelfTestRunnerTests
{
    private static readonly ReadOnlyMemory<byte> Hour = Encoding.UTF8.GetBytes(
        """
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["2024-06-20T10:00Z/2024-06-20T11:00Z"],
        "aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"}]}
        """);

    [Fact]
    public async Task Run_QueryOfAnHour_DisturbsTheRowsBeforeItToo()
    {
        var detector = new RecordingDetector(100);
        var (clock, delay) = (new SettableClock(ScriptedSource.Time("2024-06-20T11:00Z")), TimeSpan.FromMinutes(2));
        var settings = new EngineSettings { History = new() { Rows = 120 }, IngestionDelay = delay };
        var analyzer = new OutlierAnalyzer(
            settings, models: null, new ScriptedSource(), clock, new Budget("long-computations", 1), NullLogger<OutlierAnalyzer>.Instance);
        var runner = new SelfTestRunner(analyzer);

        var result = await runner.RunAsync(new() { Query = Hour, Detector = detector }, default);

        (result.Rows, result.Metric, result.Detector, result.Days).ShouldBe((180, "bytes", "recording", 0.125));
        runner.Share.ShouldBe(1);
        // The buckets that detect holds back are held back in every copy.
        detector.Tables.ShouldAllBe(table => table.Coverage.Until == (clock.Now - delay).ToUnixTimeMilliseconds());
        // Values end at 60: three times one of the upper third is above 100, and nothing below them ever is.
        result.Cases.Single(static test => test is { Kind: InjectionKind.Spike, Size: 4 }).Found.ShouldBeGreaterThan(0);
        result.Cases.Single(static test => test is { Kind: InjectionKind.Dip, Size: 0.9 }).ShouldBe(new(InjectionKind.Dip, 0.9, 12, 0, double.NaN));
    }

    [Fact]
    public async Task Run_RowsAtHand_FindsLargeSpikesAtOnce()
    {
        var runner = new SelfTestRunner(OutlierAnalyzer.OfRows(new()));

        var result = await runner.RunAsync(new() { Table = Traffic.Days(4), Metrics = "flows" }, default);

        (result.Rows, result.Metric, result.Detector, result.IncidentsUntouched).ShouldBe((384, "flows", "seasonal-scan", 0));
        result.Cases.Single(static test => test is { Kind: InjectionKind.Spike, Size: 4 }).ShouldBe(new(InjectionKind.Spike, 4, 12, 12, 1));
    }

    [Fact]
    public async Task Run_TooFewRows_SaysHowManyAreNeeded()
    {
        var request = new AnalysisRequest { Table = Traffic.Days(4).First(63) };
        var error = await Should.ThrowAsync<AiOutliersException>(() => new SelfTestRunner(OutlierAnalyzer.OfRows(new())).RunAsync(request, default));
        error.Message.ShouldContain("at least 64");
    }

    [Fact]
    public async Task Run_SeveralMetrics_AreRefused()
    {
        var request = new AnalysisRequest { Table = Traffic.Days(4), Metrics = "bytes,flows" };
        var error = await Should.ThrowAsync<AiOutliersException>(() => new SelfTestRunner(OutlierAnalyzer.OfRows(new())).RunAsync(request, default));
        error.Message.ShouldContain("name one");
    }
}
