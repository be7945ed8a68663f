using System.Text.Json;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Json;
using AiOutliers.Engine.Tests.Training;

namespace AiOutliers.Engine.Tests.Json;

public sealed class AnalysisJsonTests
{
    private const int Flood = 250;

    [Fact]
    public async Task Write_OneMetric_HasTheNamesOfTheContract()
    {
        using var json = JsonDocument.Parse(await WriteAsync("bytes"));
        var root = json.RootElement;

        Names(root).ShouldBe(["detector", "model", "granularity", "interval", "history", "series", "counts", "warnings"]);
        root.GetProperty("granularity").GetString().ShouldBe("PT15M");
        root.GetProperty("interval").GetRawText().ShouldBe("""{"from":0,"to":345600000}""");
        var series = root.GetProperty("series").EnumerateArray().ShouldHaveSingleItem();
        Names(series).ShouldBe(["key", "metric", "judged", "notJudged", "rows", "incidents"]);
        var rows = series.GetProperty("rows");
        foreach (var column in new[] { "time", "value", "expected", "lower", "upper", "score", "severity", "anomalous" })
            rows.GetProperty(column).GetArrayLength().ShouldBe(384, column);
        rows.GetProperty("value")[7].ValueKind.ShouldBe(JsonValueKind.Null);
        var incident = series.GetProperty("incidents").EnumerateArray().ShouldHaveSingleItem();
        Names(incident).ShouldBe(["id", "kind", "alarms", "start", "end", "ongoing", "severity", "peak", "area", "reason"]);
        incident.GetProperty("start").GetInt64().ShouldBe(Flood * 900_000L);
        Names(incident.GetProperty("peak")).ShouldBe(["time", "value", "expected"]);
        rows.GetProperty("reasons")[0].GetProperty("time").GetInt64().ShouldBe(Flood * 900_000L);
        root.GetProperty("counts").GetRawText().ShouldBe("""{"series":1,"judged":1,"anomalous":1}""");
    }

    [Fact]
    public async Task Write_SeveralMetrics_TellsWhatShowsInBothOnce()
    {
        using var json = JsonDocument.Parse(await WriteAsync("bytes,flows"));

        json.RootElement.GetProperty("series").GetArrayLength().ShouldBe(2);
        var joint = json.RootElement.GetProperty("incidents").EnumerateArray().ShouldHaveSingleItem();
        joint.GetProperty("metrics").EnumerateArray().Select(static own => own.GetProperty("metric").GetString())
            .ShouldBe(["bytes", "flows"], ignoreOrder: true);
        joint.GetProperty("id").GetString().ShouldBe(joint.GetProperty("metrics")[0].GetProperty("id").GetString());
    }

    private static async Task<byte[]> WriteAsync(string metrics)
    {
        var table = Traffic.Days(4, static (row, _, value) => row == 7 ? double.NaN : row is >= Flood and < Flood + 3 ? 9 * value : value);
        var report = await OutlierAnalyzer.OfRows(new()).AnalyzeAsync(new() { Table = table, Metrics = metrics }, default);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonWriting.Options))
            AnalysisJson.Write(json, report);
        return stream.ToArray();
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(static member => member.Name)];
}
