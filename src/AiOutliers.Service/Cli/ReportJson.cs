using System.Text.Json;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Json;

namespace AiOutliers.Service.Cli;

/// <summary>Every row with its score and verdict, and the incidents, as JSON for people and programs.</summary>
internal static class ReportJson
{
    public static void Write(Stream stream, JointReport report, string source)
    {
        using var json = new Utf8JsonWriter(stream, JsonWriting.Options with { Indented = true });
        AnalysisJson.Write(json, report, source);
    }
}
