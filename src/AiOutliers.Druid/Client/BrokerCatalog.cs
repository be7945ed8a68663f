using System.Text.Json;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Client;

/// <summary>Reads what a broker tells of its data sources, under <c>datasources</c> beside its query address.</summary>
internal static class BrokerCatalog
{
    public static string PathOf(string name, long first, long last) =>
        $"datasources/{Uri.EscapeDataString(name)}?interval={CanonicalTimestamp.Of(first)}/{CanonicalTimestamp.Of(last + 1)}";

    public static IReadOnlyList<string> Names(ReadOnlySpan<byte> json) => [.. Texts(Parse(json)).Order(StringComparer.Ordinal)];

    /// <summary>Null where there are none: the broker answers so for a data source that does not exist.</summary>
    public static SourceColumns? Columns(ReadOnlySpan<byte> json)
    {
        var columns = Parse(json);
        var (dimensions, metrics) = (Member(columns, "dimensions"), Member(columns, "metrics"));
        return dimensions.Length + metrics.Length > 0 ? new(dimensions, metrics) : null;
    }

    private static string[] Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member)
            ? [.. Texts(member).Order(StringComparer.Ordinal)]
            : [];

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind == JsonValueKind.Array
        ? json.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!)
        : [];

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
