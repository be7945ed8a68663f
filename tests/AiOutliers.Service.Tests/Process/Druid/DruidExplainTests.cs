using System.Text.Json;

namespace AiOutliers.Service.Tests.Process.Druid;

/// <summary>Causes from a real Druid are those that the embedded engine finds on the same rows.</summary>
[Trait("tier", "integration")]
[Collection(DruidService.Name)]
public sealed class DruidExplainTests(DruidService druid)
{
    /// <summary>A sketch of Druid counts with a standard error of 2 %.</summary>
    private const double SketchError = 0.06;

    /// <summary>All that is told of them but numbers of values, which Druid counts by sketches.</summary>
    private static readonly string[] Same =
    [
        "window", "metric", "value", "expected", "verdict", "outsideShare", "explained", "alternatives", "dimensions", "references", "cells",
        "truncated",
    ];

    private const string Many = """
        "series":{"metrics":["bytes"],"granularity":"PT5M","interval":"2024-09-24T12:00Z/2024-09-24T16:00Z","by":["sensor_name"]}
        """;

    private const string One = """
        "series":{"metrics":["flows"],"granularity":"PT5M","interval":"2024-09-24T12:00Z/2024-09-24T16:00Z",
          "filter":{"type":"selector","dimension":"sensor_name","value":"headquarters"}}
        """;

    private const string Flood = """ "window":{"from":1727187000000,"to":1727189100000} """;

    public static TheoryData<string, string> Questions => new()
    {
        { $$"""{ {{Many}}, {{Flood}}, "key":{"sensor_name":"headquarters"} }""", "concentrated" },
        { $$"""
            { {{One}}, {{Flood}},
              "dimensions":["src_ip","dst_ip","protocol","src_port","dst_port","direction","interface","country"] }
            """, "concentrated" },
        { $$"""{ {{One}}, {{Flood}}, "dimensions":["protocol","country"], "top":1, "direction":"up" }""", "concentrated" },
        { $$"""{ {{Many}}, {{Flood}}, "key":{"sensor_name":"data-center"} }""", "" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Explain_OnBoth_NamesTheSameElements(string body, string verdict)
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        var (real, own) = await druid.AskBothAsync("/api/v2/explain", body);

        if (verdict.Length > 0)
            real.GetProperty("verdict").GetString().ShouldBe(verdict);
        ShouldBeTheSame(real, own);
    }

    [Fact]
    public async Task Detect_WithExplain_NamesTheSameCauses()
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        var (real, own) = await druid.AskBothAsync("/api/v2/detect", $$"""{ {{Many}}, "explain":{"top":2}, "only":"anomalous" }""");

        var causes = CausesOf(real).ToArray();
        causes.ShouldNotBeEmpty();
        foreach (var (one, other) in causes.Zip(CausesOf(own).ToArray()))
            ShouldBeTheSame(one, other);
    }

    /// <summary>A value that is null is one of its own; a row with several values would count twice.</summary>
    [Fact]
    public async Task Explain_NullsAndSeveralValues_AreToldAlike()
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");
        const string Body = """
            {"series":{"dataSource":"flows","metrics":[{"type":"doubleSum","name":"bytes","fieldName":"bytes"}],"granularity":"PT1H",
              "interval":"2024-03-02T00:00Z/2024-03-02T21:00Z"},"window":{"from":1709370000000,"to":1709377200000},
             "dimensions":["country","tags","protocol","wan_port"]}
            """;

        var (real, own) = await druid.AskBothAsync("/api/v2/explain", Body);

        ShouldBeTheSame(real, own);
        real.GetProperty("alternatives").ToString().ShouldContain("""{"country":null}""");
        real.GetProperty("warnings").ToString().ShouldContain("'tags' has several values in a row, which would count twice; it is left out");
    }

    private static IEnumerable<JsonElement> CausesOf(JsonElement answer) => answer.GetProperty("series").EnumerateArray()
        .SelectMany(static series => series.GetProperty("incidents").EnumerateArray())
        .Where(static incident => incident.TryGetProperty("causes", out var causes) && causes.ValueKind == JsonValueKind.Object)
        .Select(static incident => incident.GetProperty("causes"));

    private static void ShouldBeTheSame(JsonElement real, JsonElement own)
    {
        foreach (var name in Same)
            real.GetProperty(name).GetRawText().ShouldBe(own.GetProperty(name).GetRawText(), name);
        var theirs = real.GetProperty("elements").EnumerateArray().ToArray();
        var ours = own.GetProperty("elements").EnumerateArray().ToArray();
        theirs.Length.ShouldBe(ours.Length);
        foreach (var (one, other) in theirs.Zip(ours))
        {
            foreach (var name in new[] { "where", "value", "expected", "share", "new", "gone", "refinements" })
                one.GetProperty(name).GetRawText().ShouldBe(other.GetProperty(name).GetRawText(), name);
            foreach (var count in other.GetProperty("distinct").EnumerateObject())
            {
                var exact = count.Value.GetDouble();
                one.GetProperty("distinct").GetProperty(count.Name).GetDouble().ShouldBe(exact, 1 + SketchError * exact, count.Name);
            }
        }
    }
}
