using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Client;
using AiOutliers.Druid.Embedded;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Hosting;

/// <summary>Opens what <c>[Druid] druid_endpoint</c> names.</summary>
internal static class DataSource
{
    private const string Embedded = "duckdb:";

    /// <summary>What the embedded engine may hold: a service shares its machine, and what needs more goes to disk.</summary>
    private const int ServiceMegabytes = 128, CommandMegabytes = 2048;

    public static bool IsEmbedded(string? endpoint) => endpoint?.StartsWith(Embedded, StringComparison.Ordinal) ?? false;

    /// <summary>Null when nothing is configured.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="admission">How much may be asked at once; null for a command, which asks for itself only.</param>
    public static IDruidSource? Open(Settings settings, Admission? admission = null)
    {
        if (settings.DruidEndpoint is not { } endpoint)
            return null;
        var isService = admission is not null;
        admission ??= new();
        return IsEmbedded(endpoint)
            ? new EmbeddedEngine(endpoint[Embedded.Length..], options: new()
            {
                Queries = admission.EmbeddedQueries,
                LongestQuery = settings.LongestQuery,
                MemoryMegabytes = isService ? ServiceMegabytes : CommandMegabytes,
            })
            : new BrokerClient(new Uri(endpoint), new()
            {
                Authorization = settings.DruidAuthorization,
                Trust = settings.DruidTrust,
                LargeAnswers = admission.LargeAnswers,
                LongestQuery = settings.LongestQuery,
            });
    }

    /// <summary>For a command that judges by itself.</summary>
    /// <exception cref="AiOutliersException">Nothing is configured.</exception>
    public static IDruidSource Require(Settings settings) => Open(settings) ?? throw new AiOutliersException(
        ErrorKind.BadConfiguration, "[Druid] druid_endpoint is not set; it names the data to judge");
}
