using System.Buffers.Text;
using System.Text.Json;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Reads a metric's value. Null, NaN, the infinities, and what <c>longMax</c> and <c>longMin</c> give for no rows, are missing values.
/// </summary>
internal static class JsonNumber
{
    private static ReadOnlySpan<byte> LargestLong => "9223372036854775807"u8;

    private static ReadOnlySpan<byte> SmallestLong => "-9223372036854775808"u8;

    /// <returns>False where it is something else.</returns>
    public static bool TryRead(ref Utf8JsonReader json, out double value)
    {
        value = double.NaN;
        switch (json.TokenType)
        {
            case JsonTokenType.Number:
                return IsEmptyExtreme(json.ValueSpan) || json.TryGetDouble(out value);
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.String when json.ValueTextEquals("Infinity"u8):
                value = double.PositiveInfinity;
                return true;
            case JsonTokenType.String when json.ValueTextEquals("-Infinity"u8):
                value = double.NegativeInfinity;
                return true;
            default:
                return json.TokenType == JsonTokenType.String && json.ValueTextEquals("NaN"u8);
        }
    }

    /// <summary>Whether a text of a metric is a number: some writers quote them.</summary>
    public static bool TryReadQuoted(ref Utf8JsonReader json, out double value)
    {
        value = double.NaN;
        return json is { TokenType: JsonTokenType.String, ValueIsEscaped: false, ValueSpan.IsEmpty: false }
            && Utf8Parser.TryParse(json.ValueSpan, out value, out var read) && read == json.ValueSpan.Length;
    }

    private static bool IsEmptyExtreme(ReadOnlySpan<byte> number) =>
        number.Length is 19 or 20 && (number.SequenceEqual(LargestLong) || number.SequenceEqual(SmallestLong));
}
