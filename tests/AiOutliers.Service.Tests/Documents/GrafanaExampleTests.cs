using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiOutliers.Service.Tests.Process;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Documents;

/// <summary>
/// The queries of docs/api.md for Grafana. Grafana itself is not run: method, address and body are those of the page, and the answer has
/// what its roots and columns name.
/// </summary>
[Trait("tier", "integration")]
public sealed partial class GrafanaExampleTests(SamplesService samples)
{
    private const string Sensor = """{"type":"selector","dimension":"sensor_name","value":"headquarters"}""";

    private static readonly string Page = File.ReadAllText(Path.Combine(Golden.Root, "docs", "api.md")).Split("## Grafana")[1];

    [Fact]
    public async Task Incidents_HaveTheColumnsThatThePageNames()
    {
        var rows = At(await AskAsync(Body()), Roots().Match(Page).Groups["root"].Value.Split('.')).ToArray();
        var columns = Columns().Matches(Page).Select(static match => (Name: match.Groups["name"].Value, Type: match.Groups["type"].Value));

        rows.ShouldNotBeEmpty();
        columns.Select(static column => column.Name).ShouldBe(["start", "severity", "kind", "reason"]);
        foreach (var (name, type) in columns)
        {
            var kind = type == "String" ? JsonValueKind.String : JsonValueKind.Number;
            rows.ShouldAllBe(row => row.GetProperty(name).ValueKind == kind, name);
        }
    }

    [Fact]
    public async Task Line_HasColumnsOfOneLength()
    {
        var body = Body();
        body["include"] = new JsonArray("rows");
        body.Remove("only");
        var series = body["series"]!.AsObject();
        series["filter"] = JsonNode.Parse(Sensor);
        series.Remove("by");
        var names = Zipped().Match(Page).Groups["names"].Value.Split(", ");

        var rows = (await AskAsync(body)).GetProperty("series").EnumerateArray().ShouldHaveSingleItem().GetProperty("rows");

        names.ShouldBe(["time", "value", "expected", "lower", "upper"]);
        names.ShouldAllBe(name => rows.GetProperty(name).GetArrayLength() == 72);
    }

    private static JsonObject Body() => JsonNode.Parse(Bodies().Match(Page).Groups["body"].Value
        .Replace("${__from:date:iso}", "2024-09-24T12:00:00.000Z", StringComparison.Ordinal)
        .Replace("${__to:date:iso}", "2024-09-24T18:00:00.000Z", StringComparison.Ordinal))!.AsObject();

    private async Task<JsonElement> AskAsync(JsonObject body)
    {
        var (method, path) = (Methods().Match(Page).Groups["method"].Value, Addresses().Match(Page).Groups["path"].Value);
        using var request = new HttpRequestMessage(new(method), path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        using var answer = await samples.Service.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    /// <summary>As JSONata has it: a path goes through arrays.</summary>
    private static IEnumerable<JsonElement> At(JsonElement json, string[] path) => json.ValueKind == JsonValueKind.Array
        ? json.EnumerateArray().SelectMany(item => At(item, path))
        : path is [var name, .. var rest] ? At(json.GetProperty(name), rest) : [json];

    [GeneratedRegex("^```json\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Bodies();

    [GeneratedRegex(@"method \*(?<method>\w+)\*")]
    private static partial Regex Methods();

    [GeneratedRegex("URL `http://HOST:39091(?<path>/[^`]+)`")]
    private static partial Regex Addresses();

    [GeneratedRegex("Rows / root is `(?<root>[^`]+)`")]
    private static partial Regex Roots();

    /// <summary>In the one line that names them; two of them share a type.</summary>
    [GeneratedRegex(@"(?<=^Rows / root .*)`(?<name>\w+)`(?= (and `\w+` )?\(\*(?<type>[^*]+)\*)", RegexOptions.Multiline)]
    private static partial Regex Columns();

    [GeneratedRegex(@"\$zip\((?<names>[^)]+)\)")]
    private static partial Regex Zipped();
}
