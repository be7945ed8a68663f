using System.Text;
using AiOutliers.Detection.Detectors;
using AiOutliers.Druid.Budgets;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Tests.Analysis.History;
using AiOutliers.Engine.Tests.Training;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Engine.Tests.Analysis;

public sealed class OutlierAnalyzerTests
{
    private static readonly ReadOnlyMemory<byte> Hour = Encoding.UTF8.GetBytes(
        """
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["2024-06-20T10:00Z/2024-06-20T11:00Z"],
        "aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"}]}
        """);

    [Fact]
    public async Task Analyze_RowsBeforeTheAskedTime_AreJudgedAndNotAnswered()
    {
        var table = Traffic.Days(3);

        var report = await OutlierAnalyzer.OfRows(new()).AnalyzeAsync(new() { Table = table, AskedFrom = table.Times[200] }, default);

        (report.Judged.Rows, report.History.Rows, report.Table.Rows).ShouldBe((288, 200, 88));
        report.Table.Times[0].ShouldBe(table.Times[200]);
        report.Reports.Single().Result.Scores.Length.ShouldBe(88);
    }

    [Fact]
    public async Task Analyze_QueryOfAnHour_IsJudgedWithTheRowsBefore()
    {
        var report = await Analyzer(new() { History = new() { Rows = 120 } }).AnalyzeAsync(new() { Query = Hour }, default);

        (report.Judged.Rows, report.Table.Rows, report.Detector).ShouldBe((180, 60, "seasonal-scan"));
    }

    [Fact]
    public async Task Analyze_WithoutReasonsOfRows_FindsTheSameAndExplainsIncidents()
    {
        var detector = new ShallowDetector(new());
        var table = Traffic.Days(3, static (row, _, value) => row is > 200 and < 206 ? 9 * value : value);

        var whole = await OutlierAnalyzer.OfRows(new()).AnalyzeAsync(new() { Table = table, Detector = detector }, default);
        var terse = await OutlierAnalyzer.OfRows(new())
            .AnalyzeAsync(new() { Table = table, Detector = detector, ExplainsRows = false }, default);

        var (expected, result) = (whole.Reports.Single().Result, terse.Reports.Single().Result);
        expected.Reasons.Count.ShouldBe(expected.AnomalyCount);
        expected.AnomalyCount.ShouldBeGreaterThan(0);
        result.Anomalies.ShouldBe(expected.Anomalies);
        result.Incidents.ShouldBe(expected.Incidents);
        result.Reasons.ShouldBeEmpty();
    }

    [Fact]
    public async Task Analyze_DetectorOfTheRequest_JudgesInPlaceOfTheConfiguredOne()
    {
        var detector = new RecordingDetector(50);

        var report = await Analyzer(new()).AnalyzeAsync(new() { Query = Hour, Detector = detector }, default);

        report.Detector.ShouldBe("recording");
        report.Reports.Single().Result.AnomalyCount.ShouldBe(10);
        detector.Tables.Single().Rows.ShouldBe(report.Judged.Rows);
    }

    [Fact]
    public async Task Analyze_NoSource_AQueryFailsAtItsStage()
    {
        var analyzer = OutlierAnalyzer.OfRows(new());
        (await Should.ThrowAsync<AnalysisException>(() => analyzer.AnalyzeAsync(new() { Query = Hour }, default))).Stage.ShouldBe(AnalysisStage.Query);
    }

    /// <summary>A row a minute whose value is its minute + 1.</summary>
    private static OutlierAnalyzer Analyzer(EngineSettings settings) => new(settings, models: null, new ScriptedSource(),
        new SettableClock(ScriptedSource.Time("2024-06-20T11:00Z")), new Budget("long-computations", 1), NullLogger<OutlierAnalyzer>.Instance);
}
