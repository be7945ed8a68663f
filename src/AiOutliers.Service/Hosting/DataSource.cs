using AiOutliers.Druid;
using AiOutliers.Druid.Client;
using AiOutliers.Druid.Embedded;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Hosting;

/// <summary>Opens what <c>[Druid] druid_endpoint</c> names.</summary>
internal static class DataSource
{
    private const string Embedded = "duckdb:";

    public static bool IsEmbedded(string? endpoint) => endpoint?.StartsWith(Embedded, StringComparison.Ordinal) ?? false;

    /// <summary>Null when nothing is configured.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="admission">How much may be asked at once; null for a command, which asks for itself only.</param>
    public static IDruidSource? Open(Settings settings, Admission? admission = null)
    {
        admission ??= new();
        return settings.DruidEndpoint switch
        {
            null => null,
            var endpoint when IsEmbedded(endpoint) => new EmbeddedEngine(
                endpoint[Embedded.Length..], options: new() { Queries = admission.EmbeddedQueries, LongestQuery = settings.LongestQuery }),
            var endpoint => new BrokerClient(
                new Uri(endpoint), new() { LargeAnswers = admission.LargeAnswers, LongestQuery = settings.LongestQuery }),
        };
    }
}
