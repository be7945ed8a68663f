using System.Text.Json;
using AiOutliers.Detection.Attribution;
using AiOutliers.Engine.Explanation;

namespace AiOutliers.Engine.Json;

/// <summary>Causes as JSON. Times are milliseconds since 1970.</summary>
public static class ExplanationJson
{
    public static void Write(Utf8JsonWriter json, ExplanationReport report)
    {
        json.WriteStartObject();
        json.WriteStartObject("window");
        json.WriteNumber("from", report.Window.From);
        json.WriteNumber("to", report.Window.To);
        json.WriteEndObject();
        json.WriteString("metric", report.Metric);
        json.WriteFinite("value", report.Value);
        json.WriteFinite("expected", report.Expected);
        json.WriteFinite("deviation", report.Deviation);
        json.WriteString("verdict", JsonNamingPolicy.KebabCaseLower.ConvertName(report.Verdict.ToString()));
        json.WriteFinite("outsideShare", report.OutsideShare);
        json.WriteStartArray("elements");
        foreach (var element in report.Elements)
            Write(json, element);
        json.WriteEndArray();
        WriteAlternatives(json, report.Alternatives);
        json.WriteFinite("explained", report.Explained);
        json.WriteTexts("words", ExplanationWords.Of(report));
        json.WriteTexts("dimensions", report.Dimensions);
        json.WriteNumber("references", report.References);
        json.WriteNumber("cells", report.Cells);
        json.WriteBoolean("truncated", report.Truncated);
        json.WriteNumber("queries", report.Queries);
        json.WriteNumber("milliseconds", (long)report.Elapsed.TotalMilliseconds);
        json.WriteTexts("warnings", report.Warnings);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExplainedElement element)
    {
        json.WriteStartObject();
        WriteWhere(json, element.Where);
        json.WriteFinite("value", element.Value);
        json.WriteFinite("expected", element.Expected);
        json.WriteFinite("share", element.Share);
        json.WriteBoolean("new", element.IsNew);
        json.WriteBoolean("gone", element.IsGone);
        json.WriteStartObject("refinements");
        foreach (var refinement in element.Refinements)
        {
            json.WriteStartObject(refinement.Dimension);
            // JSON has no null name; a dimension without a value is the empty one.
            json.WriteFinite(refinement.Value ?? "", refinement.Share);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("distinct");
        foreach (var (dimension, count) in element.Distinct)
            json.WriteNumber(dimension, count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAlternatives(Utf8JsonWriter json, IReadOnlyList<AlternativeElement> alternatives)
    {
        json.WriteStartArray("alternatives");
        foreach (var alternative in alternatives)
        {
            json.WriteStartObject();
            WriteWhere(json, alternative.Where);
            json.WriteFinite("score", alternative.Score);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteWhere(Utf8JsonWriter json, IReadOnlyList<ElementPart> where)
    {
        json.WriteStartObject("where");
        foreach (var part in where)
            json.WriteString(part.Dimension, part.Value);
        json.WriteEndObject();
    }
}
