using AiOutliers.Cluster.Registration;
using AiOutliers.Detection;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.Overview;

/// <param name="Name">As people call it.</param>
/// <param name="IsWell">Null where nobody knows yet.</param>
/// <param name="Words">What there is to say.</param>
public sealed record ServicePart(string Name, bool? IsWell, string Words)
{
    /// <summary>The classes of its mark; its shape says the same as its colour.</summary>
    public string Dot => IsWell switch { true => "dot good", false => "dot bad", _ => "dot unknown" };
}

/// <summary>How this node and what it depends on are.</summary>
internal sealed class ServiceState(
    Settings settings, SourceHealth source, ModelFolder models, ConsoleQueue queue, TimeProvider time, IServiceProvider services)
{
    /// <summary>Each browser that shows Overview asks every ten seconds.</summary>
    private readonly Remembered<MonitorHealth> _monitors = new(TimeSpan.FromSeconds(3), 1, time);

    public async Task<IReadOnlyList<ServicePart>> PartsAsync(CancellationToken cancellation) =>
        [Source(), Store(), await QueueAsync(cancellation), .. Registry(), .. await MonitorsAsync(cancellation)];

    private ServicePart Source() => settings.DruidEndpoint switch
    {
        null => new("data source", null, "none is configured: requests must bring their data"),
        var endpoint => new("data source", source.IsUp, (DataSource.IsEmbedded(endpoint), source.FailingSince) switch
        {
            (_, { } since) => $"fails since {since.UtcDateTime.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)} UTC",
            (true, _) => "embedded engine",
            _ => "broker",
        }),
    };

    private ServicePart Store()
    {
        var words = Words.Count(models.Names.Count, "model");
        if (models.Unusable.Count > 0)
            return new("models", false, $"{words}, {models.Unusable.Count} cannot be used");
        return services.GetService<ModelSync>() is { Last: { Failure: { } failure } }
            ? new("models", false, $"{words}; the store: {failure}")
            : new("models", models.Names.Count > 0 ? true : null, models.Names.Count > 0 ? Words.Count(models.Names.Count) : "none yet");
    }

    private async Task<ServicePart> QueueAsync(CancellationToken cancellation)
    {
        if (!queue.IsShared)
            return new("queue", null, "no Redis is configured");
        try
        {
            var counts = await (await queue.BoardAsync(cancellation)).CountAsync()
                .WaitAsync(TimeSpan.FromSeconds(2), TimeProvider.System, cancellation);
            return new("queue", counts.Parked == 0, $"{counts.Waiting} waiting, {counts.Running} running, {counts.Parked} parked");
        }
        catch (AiOutliersException error)
        {
            return new("queue", false, error.Message);
        }
        catch (TimeoutException)
        {
            return new("queue", false, "does not answer");
        }
    }

    private async Task<IEnumerable<ServicePart>> MonitorsAsync(CancellationToken cancellation)
    {
        if (services.GetService<MonitoringRuntime>() is not { } runtime)
            return [];
        try
        {
            var (all, ill) = await _monitors.GetAsync("", runtime.Catalog.Monitors.HealthAsync, cancellation);
            if (runtime.Database.WriteFailure is { } failure)
                return [new("monitors", false, failure)];
            var words = ill.Count == 0
                ? Words.Count(all)
                : $"{Words.Count(ill.Count)} of {Words.Count(all)} not well: {string.Join(", ", ill.Take(3))}";
            return [new("monitors", all == 0 ? null : ill.Count == 0, words)];
        }
        catch (AiOutliersException error)
        {
            return [new("monitors", false, error.Message)];
        }
    }

    private IEnumerable<ServicePart> Registry() => services.GetService<ConsulRegistration>() is { } consul
        ? [new("registration", consul.IsReachable, "Consul")]
        : [];
}
