using AiOutliers.Druid;
using AiOutliers.Druid.Client;
using AiOutliers.Druid.Embedded;

namespace AiOutliers.Service.Hosting;

/// <summary>Opens what <c>[Druid] druid_endpoint</c> names.</summary>
internal static class DataSource
{
    private const string Embedded = "duckdb:";

    public static bool IsEmbedded(string? endpoint) => endpoint?.StartsWith(Embedded, StringComparison.Ordinal) ?? false;

    /// <summary>Null when nothing is configured.</summary>
    /// <param name="endpoint">The configured value.</param>
    /// <param name="admission">How much may be asked at once; null for a command, which asks for itself only.</param>
    public static IDruidSource? Open(string? endpoint, Admission? admission = null) => endpoint switch
    {
        null => null,
        _ when IsEmbedded(endpoint) => new EmbeddedEngine(endpoint[Embedded.Length..], queries: admission?.EmbeddedQueries),
        _ when admission is null => new BrokerClient(new Uri(endpoint)),
        _ => new BrokerClient(new Uri(endpoint), new() { LargeAnswers = admission.LargeAnswers }),
    };
}
