using System.Text.Json;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Engine.Json;

/// <summary>What was read, as the member <c>read</c>. Times and the step are milliseconds; what is unknown is null.</summary>
public static class ReadJson
{
    public static void Write(Utf8JsonWriter json, ReadSummary read, string source)
    {
        json.WriteStartObject("read");
        json.WriteString("source", source);
        json.WriteNumber("series", read.Series);
        json.WriteNumber("rows", read.Rows);
        WriteOptional(json, "from", read.From);
        WriteOptional(json, "to", read.To);
        WriteOptional(json, "step", read.Step > 0 ? read.Step : null);
        json.WriteNumber("missing", read.Missing);
        json.WriteNumber("duplicates", read.Duplicates);
        json.WriteNumber("heldBack", read.HeldBack);
        json.WriteTexts("metrics", read.Metrics);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
