using AiOutliers.Druid;
using AiOutliers.Druid.Client;
using AiOutliers.Druid.Embedded;

namespace AiOutliers.Service.Hosting;

/// <summary>Opens what <c>[Druid] druid_endpoint</c> names.</summary>
internal static class DataSource
{
    private const string Embedded = "duckdb:";

    /// <summary>Null when nothing is configured.</summary>
    public static IDruidSource? Open(string? endpoint) => endpoint switch
    {
        null => null,
        _ when endpoint.StartsWith(Embedded, StringComparison.Ordinal) => new EmbeddedEngine(endpoint[Embedded.Length..]),
        _ => new BrokerClient(new Uri(endpoint)),
    };
}
