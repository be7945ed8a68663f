using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.IpCauses;
using AiOutliers.Druid.Responses;
using AiOutliers.Engine.Json;

namespace AiOutliers.Service.Api.V1;

/// <summary>
/// What <c>/api/v1/ip_identifier</c> takes and gives:
/// <c>{"outliers":[{"timestamp":…}],"all_ips_data":{"IP":[{"timestamp":…,"result":{"bytes":n}}]}}</c> in,
/// <c>{"ips":[{"caused_by":["IP",…]},…]}</c> out.
/// </summary>
internal sealed record IpIdentifierPayload(IReadOnlyList<long> Outliers, IReadOnlyList<IpTraffic> Traffic)
{
    private const string Metric = "bytes";

    /// <summary>The longest address has 45; names are echoed for every outlier.</summary>
    private const int LongestName = 1000;

    /// <exception cref="AiOutliersException">The JSON has another shape.</exception>
    public static IpIdentifierPayload Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = Parse(utf8);
        var outliers = Member(document.RootElement, "outliers", JsonValueKind.Array);
        var traffic = Member(document.RootElement, "all_ips_data", JsonValueKind.Object);
        return new(
            [.. outliers.EnumerateArray().Select(OutlierTime)],
            [
                .. traffic.EnumerateObject()
                    .Where(static ip => ip.Value.ValueKind != JsonValueKind.Array || ip.Value.GetArrayLength() > 0)
                    .Select(TrafficOf),
            ]);
    }

    public static string Write(IReadOnlyList<IReadOnlyList<string>> causes)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, JsonWriting.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("ips");
            foreach (var ips in causes)
            {
                json.WriteStartObject();
                json.WriteStartArray("caused_by");
                foreach (var ip in ips)
                    json.WriteStringValue(ip);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8 });
        }
        catch (JsonException error)
        {
            throw Wrong("the payload is not valid JSON", error);
        }
    }

    private static JsonElement Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw Wrong($"'{name}' is missing or no JSON {kind.ToString().ToLowerInvariant()}");

    private static long OutlierTime(JsonElement outlier)
    {
        var stamp = outlier.ValueKind == JsonValueKind.Object && outlier.TryGetProperty("timestamp", out var member) ? member : default;
        return stamp.ValueKind == JsonValueKind.String && Timestamps.TryParse(TextOf(stamp), out var time)
            ? time
            : throw Wrong("an outlier has no ISO 8601 'timestamp'");
    }

    private static IpTraffic TrafficOf(JsonProperty ip)
    {
        var table = DruidResponseReader.Read(JsonMarshal.GetRawUtf8Value(ip.Value));
        return new(NameOf(ip), table.Times.ToArray(), table.Column(Metric).ToArray());
    }

    private static string NameOf(JsonProperty ip)
    {
        try
        {
            var name = ip.Name;
            return name.Length <= LongestName ? name : throw Wrong($"an IP has more than {LongestName} characters");
        }
        catch (InvalidOperationException error)
        {
            throw Wrong("an IP is not valid text", error);
        }
    }

    /// <summary>A JSON string may be valid JSON and still no valid text: half of a surrogate pair.</summary>
    private static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw Wrong("a timestamp is not valid text", error);
        }
    }

    private static AiOutliersException Wrong(string message, Exception? inner = null) => new(ErrorKind.BadInput, message, inner);
}
