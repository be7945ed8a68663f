using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using CsCheck;

namespace AiOutliers.Druid.Tests.Building;

public sealed class TrafficQueryTests
{
    [Fact]
    public void Build_Timeseries_AsksForTheTrafficSetAndKeepsTheRest()
    {
        var query = Parse("""{"queryType":"timeseries","dataSource":"rb_flow","granularity":{"type":"period","period":"pt5m"},"intervals":["a/b"],"filter":{"type":"selector","dimension":"sensor_name","value":"x","more":1},"aggregations":[],"context":{"timeout":5,"mine":[1]},"unknown":{"kept":true}}""");

        using var built = JsonDocument.Parse(TrafficQuery.Build(query, new()).ToUtf8Json());
        var root = built.RootElement;

        root.GetProperty("aggregations").EnumerateArray().Select(item => (item.GetProperty("type").GetString(), item.GetProperty("name").GetString(), item.GetProperty("fieldName").GetString()))
            .ShouldBe([("longSum", "bytes", "sum_bytes"), ("longSum", "pkts", "sum_pkts"), ("longSum", "flows", "events"), ("hyperUnique", "clients", "clients")]);
        root.GetProperty("postAggregations").EnumerateArray().Select(item => item.GetProperty("name").GetString())
            .ShouldBe(["bps", "pps", "fps", "bytes_per_client", "bits_per_sec_per_client", "flows_per_client", "flows_per_sec_per_client"]);
        root.GetProperty("postAggregations")[1].GetProperty("fields")[1].GetProperty("value").GetDouble().ShouldBe(300);
        root.GetProperty("filter").GetProperty("more").GetInt32().ShouldBe(1);
        root.GetProperty("context").GetProperty("mine").GetArrayLength().ShouldBe(1);
        root.GetProperty("unknown").GetProperty("kept").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"minute\"", 60)]
    [InlineData("\"PT1M\"", 60)]
    [InlineData("\"pt15m\"", 900)]
    [InlineData("\"six_hour\"", 21600)]
    [InlineData("{\"type\":\"period\",\"period\":\"P1D\"}", 86400)]
    [InlineData("{\"type\":\"duration\",\"duration\":90000}", 90)]
    public void Build_AnyGranularity_DividesByItsSeconds(string granularity, double seconds)
    {
        var built = TrafficQuery.Build(Parse($$"""{"queryType":"timeseries","granularity":{{granularity}}}"""), new());
        built.PostAggregations![0].Fields![1].Value!.Value.GetDouble().ShouldBe(seconds);
    }

    [Theory]
    [InlineData("""{"queryType":"timeseries","granularity":"fortnight"}""", "fortnight")]
    [InlineData("""{"queryType":"timeseries","granularity":"all"}""", "all")]
    [InlineData("""{"queryType":"timeseries","granularity":"PT"}""", "PT")]
    [InlineData("""{"queryType":"timeseries"}""", "granularity")]
    [InlineData("""{"queryType":"topN","granularity":"hour"}""", "topN")]
    public void Build_NoWidth_NamesTheCause(string query, string named) =>
        Should.Throw<AiOutliersException>(() => TrafficQuery.Build(Parse(query), new())).Message.ShouldContain(named);

    [Theory]
    [InlineData("""{"type":"selector","dimension":"sensor_name","value":"a"}""", "a")]
    [InlineData("""{"type":"in","dimension":"sensor_name","values":["a"]}""", "a")]
    [InlineData("""{"type":"in","dimension":"sensor_name","values":["a","b"]}""", null)]
    [InlineData("""{"type":"and","fields":[{"type":"selector","dimension":"x","value":"y"},{"type":"in","dimension":"sensor_name","values":["a"]}]}""", "a")]
    [InlineData("""{"type":"or","fields":[{"type":"selector","dimension":"sensor_name","value":"a"}]}""", null)]
    [InlineData("""{"type":"not","field":{"type":"selector","dimension":"sensor_name","value":"a"}}""", null)]
    [InlineData("""{"type":"selector","dimension":"sensor_name","value":null}""", null)]
    public void SensorOf_Filter_IsTheOneSensorThatItLetsThrough(string filter, string? sensor) =>
        new SensorFilter("sensor_name").SensorOf(Encoding.UTF8.GetBytes(filter)).ShouldBe(sensor);

    [Fact]
    public void Parse_AnyQuery_ComesBackAsTheSameJson()
    {
        var scalar = Gen.OneOf(Gen.Int.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)), Gen.String[Gen.Char.AlphaNumeric, 0, 8].Select(text => JsonSerializer.Serialize(text)));
        var context = Gen.Dictionary(Gen.String[Gen.Char.AlphaNumeric, 1, 6], scalar)[0, 4].Select(pairs => "{" + string.Join(",", pairs.Select(pair => $"{JsonSerializer.Serialize(pair.Key)}:{pair.Value}")) + "}");
        Gen.Select(context, scalar, scalar).Sample((fields, first, second) =>
        {
            var text = $$$"""{"queryType":"timeseries","context":{{{fields}}},"granularity":"hour","mine":{{{first}}},"filter":{"type":"selector","dimension":"d","value":{{{second}}},"extra":{{{fields}}}}}""";
            using var before = JsonDocument.Parse(text);
            using var after = JsonDocument.Parse(Parse(text).ToUtf8Json());
            return JsonElement.DeepEquals(before.RootElement, after.RootElement);
        });
    }

    private static DruidQuery Parse(string json) => DruidQuery.Parse(Encoding.UTF8.GetBytes(json));
}
