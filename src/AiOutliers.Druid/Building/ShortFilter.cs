using System.Text.Json;

namespace AiOutliers.Druid.Building;

/// <summary>The conditions of a short query: <c>direction=upstream and app!=dns and sensor_name=a|b</c>.</summary>
internal static class ShortFilter
{
    /// <exception cref="Detection.AiOutliersException">A condition has another form.</exception>
    public static void Write(Utf8JsonWriter json, List<string> words)
    {
        string[] conditions = string.Join(' ', words).Split(" and ", StringSplitOptions.TrimEntries);
        json.WritePropertyName("filter");
        if (conditions is [var only])
        {
            Write(json, only);
            return;
        }
        json.WriteStartObject();
        json.WriteString("type", "and");
        json.WriteStartArray("fields");
        foreach (var condition in conditions)
            Write(json, condition);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string condition)
    {
        var at = condition.IndexOf('=', StringComparison.Ordinal);
        var isNot = at > 0 && condition[at - 1] == '!';
        var dimension = at > 0 ? condition[..(isNot ? at - 1 : at)].Trim() : "";
        var values = at > 0 ? condition[(at + 1)..].Split('|').Select(Plain).ToArray() : [];
        if (dimension.Length == 0 || values.Any(static value => value.Length == 0))
            throw ShortQuery.Wrong($"'{condition}' is not of the form dimension=value, dimension!=value or dimension=one|other");
        if (isNot)
        {
            json.WriteStartObject();
            json.WriteString("type", "not");
            json.WritePropertyName("field");
        }
        WriteValues(json, dimension, values);
        if (isNot)
            json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string dimension, string[] values)
    {
        json.WriteStartObject();
        json.WriteString("type", values.Length == 1 ? "selector" : "in");
        json.WriteString("dimension", dimension);
        if (values.Length == 1)
        {
            json.WriteString("value", values[0]);
        }
        else
        {
            json.WriteStartArray("values");
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static string Plain(string value)
    {
        value = value.Trim();
        return value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
    }
}
