using System.Text.Json;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Which field of a row is its time: one with a name that is usual for times, else the first whose value is one. The readers are copies.
/// </summary>
internal static class FlatTimes
{
    private static readonly string[] Names = ["timestamp", "__time", "time", "ts", "t", "datetime", "date", "@timestamp"];

    /// <summary>Of a row that is an object; null where there is none.</summary>
    public static string? NameOf(Utf8JsonReader json)
    {
        string? first = null;
        var depth = json.CurrentDepth;
        while (json.Read() && json.CurrentDepth > depth && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            var isTime = json.TokenType == JsonTokenType.String && JsonTime.TryRead(ref json, out _, out _);
            if (IsUsual(name))
                return name;
            first ??= isTime ? name : null;
            json.Skip();
        }
        return first;
    }

    /// <summary>Of a row that is an array; null where there is none.</summary>
    /// <param name="json">The row.</param>
    /// <param name="names">The names of its values; null where they are not known.</param>
    public static int? PositionOf(Utf8JsonReader json, IReadOnlyList<string>? names)
    {
        for (var position = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; position++)
        {
            if (names is not null && position < names.Count && IsUsual(names[position])
                || json.TokenType == JsonTokenType.String && JsonTime.TryRead(ref json, out _, out _))
                return position;
            json.Skip();
        }
        return null;
    }

    private static bool IsUsual(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
