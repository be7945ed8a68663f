using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests.Evaluation;

/// <summary>Labels and scores with what the published benchmark's own code makes of them.</summary>
internal sealed record GoldenVusCase(bool[] Labels, double[] Scores, int Window, JsonElement Expected)
{
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Golden.Path("vus"), "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "nab14_windows").Order(StringComparer.Ordinal)];

    public static GoldenVusCase Load(string name)
    {
        var root = JsonDocument.Parse(File.ReadAllBytes(Golden.Path($"vus/{name}.json"))).RootElement;
        return new(
            [.. root.GetProperty("label").EnumerateArray().Select(label => label.GetDouble() > 0)],
            [.. root.GetProperty("score").EnumerateArray().Select(score => score.GetDouble())],
            root.GetProperty("sliding_window").GetInt32(),
            root.GetProperty("expected"));
    }

    public double Number(string key) => Expected.GetProperty(key).GetDouble();
}
