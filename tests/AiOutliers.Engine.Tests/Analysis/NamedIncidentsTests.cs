using System.Text;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Tests.Training;

namespace AiOutliers.Engine.Tests.Analysis;

public sealed class NamedIncidentsTests
{
    private const int Flood = 250;

    [Fact]
    public async Task Analyze_SameIncidentAskedAgain_HasTheSameId()
    {
        var (whole, first) = (await IncidentAsync(Request(4, "a")), await IncidentAsync(Request(3, "a")));

        (whole.Start, whole.Id).ShouldBe((first.Start, first.Id));
        whole.Id.ShouldMatch("^[0-9a-f]{32}$");
        (await IncidentAsync(Request(4, "b"))).Id.ShouldNotBe(whole.Id);
        (await IncidentAsync(Request(4, "a") with { Metrics = "flows" })).Id.ShouldNotBe(whole.Id);
    }

    [Fact]
    public void OriginOf_OtherIntervalOrQueryId_IsTheSameAndOtherFilterIsNot()
    {
        var origin = OriginOf("2024-06-20/2024-06-21", "bytes", """{"queryId":"1"}""");

        OriginOf("2024-06-01/2024-06-25", "bytes", "{}").ShouldBe(origin);
        OriginOf("2024-06-20/2024-06-21", "pkts", "{}").ShouldNotBe(origin);
    }

    [Theory]
    [InlineData(Flood + 3, true)]
    [InlineData(Flood + 40, false)]
    public async Task Analyze_IncidentAtTheEnd_IsOngoing(int rows, bool isOngoing)
    {
        var request = Request(4, "a");
        (await IncidentAsync(request with { Table = request.Table!.First(rows) })).Ongoing.ShouldBe(isOngoing);
    }

    [Fact]
    public async Task Analyze_BucketAfterTheIncidentIsNotComplete_IsOngoing()
    {
        var request = Request(4, "a");
        var until = DateTimeOffset.FromUnixTimeMilliseconds(request.Table!.Times[Flood + 3]).AddMinutes(1);
        (await IncidentAsync(request with { Table = request.Table.First(Flood + 4), CompleteUntil = until })).Ongoing.ShouldBeTrue();
    }

    [Fact]
    public async Task Analyze_Reasons_AreThoseOfAskedAnomalousRows()
    {
        var request = Request(4, "a");
        var result = (await OutlierAnalyzer.OfRows(new()).AnalyzeAsync(request with { AskedFrom = request.Table!.Times[Flood + 1] }, default)).Reports[0].Result;

        result.Reasons.Select(static reason => reason.Row).ShouldBe(Enumerable.Range(0, result.Anomalies.Length).Where(row => result.Anomalies[row]));
        result.Reasons[0].Row.ShouldBe(0);
        result.ReasonOf(0).ShouldBe(result.Reasons[0].Text);
        result.ReasonOf(20).ShouldBeNull();
    }

    /// <summary>Days of ordinary traffic with three rows of flood.</summary>
    private static AnalysisRequest Request(int days, string origin) => new()
    {
        Table = Traffic.Days(days, static (row, _, value) => row is >= Flood and < Flood + 3 ? 9 * value : value),
        Metrics = "bytes",
        Origin = origin,
    };

    private static async Task<Incident> IncidentAsync(AnalysisRequest request) =>
        (await OutlierAnalyzer.OfRows(new()).AnalyzeAsync(request, default)).Reports.Single().Result.Incidents.Single();

    private static string OriginOf(string interval, string field, string context) => QueryIdentity.Of(Druid.Query.DruidQuery.Parse(Encoding.UTF8.GetBytes(
        $$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["{{interval}}"],"context":{{context}},
        "aggregations":[{"type":"longSum","name":"bytes","fieldName":"{{field}}"}]}
        """))).With(SeriesKey.None);
}
