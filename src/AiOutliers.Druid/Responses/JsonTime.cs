using System.Text;
using System.Text.Json;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>Reads a row's time: ISO 8601, or a number since 1970.</summary>
internal static class JsonTime
{
    /// <param name="json">At the value.</param>
    /// <param name="time">Milliseconds since 1970.</param>
    /// <param name="text">The value as it came; null where it is the canonical text of its time.</param>
    /// <returns>False where it is neither a text nor a number, or not a time.</returns>
    public static bool TryRead(ref Utf8JsonReader json, out long time, out string? text)
    {
        (time, text) = (0, null);
        // Druid's own form is read from the bytes, and its text can be made again: no string.
        var isText = json.TokenType == JsonTokenType.String;
        if (isText && !json.ValueIsEscaped && CanonicalTimestamp.TryParse(json.ValueSpan, out time))
            return true;
        if (!isText && json.TokenType != JsonTokenType.Number)
            return false;
        text = isText ? json.GetString()! : Encoding.UTF8.GetString(json.ValueSpan);
        if (isText && text.EndsWith('Z') && json.TryGetDateTimeOffset(out var instant))
        {
            time = instant.ToUnixTimeMilliseconds();
            return true;
        }
        return Timestamps.TryParse(text, out time);
    }
}
