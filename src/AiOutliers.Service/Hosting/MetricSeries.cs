using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// How many series each metric has room for. It is taken at once for each: with the library's 2,000 some 11 MB for sixty metrics, most of
/// which have one series or ten.
/// </summary>
internal static class MetricSeries
{
    private const int Few = 100;

    /// <summary>By monitor, or by route and status.</summary>
    private static readonly string[] Many =
        ["aioutliers.monitor.", "aioutliers.incidents.", "aioutliers.entities.", "http.server.request."];

    public static MeterProviderBuilder LimitSeries(this MeterProviderBuilder metrics) => metrics.AddView(LimitOf);

    /// <summary>Null: as many as the library allows.</summary>
    internal static MetricStreamConfiguration? LimitOf(Instrument instrument) =>
        Array.Exists(Many, prefix => instrument.Name.StartsWith(prefix, StringComparison.Ordinal))
            ? null
            : new() { CardinalityLimit = Few };
}
