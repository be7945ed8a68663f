using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace AiOutliers.Druid.Responses;

/// <summary>A value of Prometheus: a number in quotes, NaN and infinities too.</summary>
internal static class PrometheusNumber
{
    public static bool TryRead(in Utf8JsonReader json, out double value)
    {
        value = double.NaN;
        if (json.TokenType == JsonTokenType.Number)
            return json.TryGetDouble(out value);
        if (json.TokenType != JsonTokenType.String)
            return json.TokenType == JsonTokenType.Null;
        if (Utf8Parser.TryParse(json.ValueSpan, out value, out var read) && read == json.ValueSpan.Length)
            return true;
        value = double.NaN;
        return json.ValueSpan.EndsWith("Inf"u8) || json.ValueTextEquals("NaN"u8)
            || double.TryParse(json.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
