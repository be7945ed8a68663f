using System.Globalization;
using System.Text.Json;

namespace AiOutliers.Druid.Embedded;

/// <summary>The values that a filter compares with, as parameters of the statement.</summary>
internal sealed class FilterOperands(SqlParameters parameters)
{
    public string Text(JsonElement value) => parameters.Add(TextOf(value));

    public string Length(JsonElement value) => $"length({Text(value)})";

    public string Number(JsonElement value) => NumberOf(value) is { } number ? parameters.Add(number) : "NULL";

    public string Texts(List<JsonElement> values) => parameters.Add(values.ConvertAll(TextOf));

    /// <summary>A long, a double, or null for what is not a number.</summary>
    public static object? NumberOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt64(out var whole) ? whole : value.GetDouble();
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
