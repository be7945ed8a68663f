using System.Text.Json;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// What Druid SQL writes before the rows where it is asked to: the names of the columns, and their types. The readers are copies.
/// </summary>
internal static class RowHeaders
{
    /// <summary>An object of the columns, with their types or with nothing.</summary>
    public static bool IsObject(Utf8JsonReader json) => IsOfTypes(json) || IsOfNames(json);

    /// <summary>An array of texts of which none is a time.</summary>
    public static bool IsArray(Utf8JsonReader json)
    {
        var (isHeader, isTime) = (true, false);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            isHeader &= json.TokenType == JsonTokenType.String;
            isTime |= json.TokenType == JsonTokenType.String && JsonTime.TryRead(ref json, out _, out _);
            json.Skip();
        }
        return isHeader && !isTime;
    }

    private static bool IsOfTypes(Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName && json.Read() && json.TokenType == JsonTokenType.StartObject
        && json.Read() && json.ValueTextEquals("type"u8);

    private static bool IsOfNames(Utf8JsonReader json)
    {
        var names = 0;
        for (; json.Read() && json.TokenType == JsonTokenType.PropertyName; names++)
        {
            if (json.Read() && json.TokenType != JsonTokenType.Null)
                return false;
        }
        return names > 0;
    }
}
