using System.Net;
using AiOutliers.Cluster.Clock;
using AiOutliers.Cluster.Registration;
using AiOutliers.Engine.Analysis;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Monitoring;
using AiOutliers.Service.Options;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AiOutliers.Service.Hosting;

/// <summary>The parts of the service that talk to other nodes: models from the store, the registration, the clock.</summary>
internal static class ClusterServices
{
    public static IServiceCollection AddCluster(this IServiceCollection services, Settings settings)
    {
        services
            .AddSingleton(provider => new NetworkClock(
                settings.Cluster.NtpServer, TimeProvider.System, provider.GetRequiredService<ILogger<NetworkClock>>()))
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<NetworkClock>())
            .AddSingleton(provider => LocalModels.Open(settings, provider.GetRequiredService<ILogger<ModelFolder>>()))
            .AddSingleton(provider => new ModelUpdates(
                settings,
                provider.GetRequiredService<ModelFolder>(),
                provider.GetService<ModelSync>(),
                provider.GetRequiredService<ServiceMetrics>(),
                TimeProvider.System,
                provider.GetRequiredService<ILogger<ModelUpdates>>()))
            .AddLoop("the clock", provider => provider.GetRequiredService<NetworkClock>().RunAsync)
            .AddLoop("the update of the models", provider => provider.GetRequiredService<ModelUpdates>().RunAsync);
        if (settings.Cluster.S3 is { } s3)
            services.AddSingleton(provider => CreateSync(provider, settings, s3));
        if (settings.Cluster.Dashboard.Access != DashboardSettings.Off)
            services.AddJobs();
        if (settings.Cluster.Consul is { } consul)
        {
            services
                .AddSingleton(provider => new ConsulRegistration(
                    consul with { ServiceAddress = consul.ServiceAddress ?? BoundAddress(settings.Server) },
                    TimeProvider.System,
                    provider.GetRequiredService<ILogger<ConsulRegistration>>()))
                .AddLoop("the registration", provider => cancellation => RegisterAsync(provider, cancellation));
        }
        return services;
    }

    /// <summary>Joins the parts' numbers to the metrics.</summary>
    public static void WatchCluster(this WebApplication service)
    {
        var (models, clock) = (service.Services.GetRequiredService<ModelFolder>(), service.Services.GetRequiredService<NetworkClock>());
        var analyzer = service.Services.GetRequiredService<OutlierAnalyzer>();
        service.Services.GetRequiredService<ServiceMetrics>().Watch(
            () => models.Names.Count, () => models.Loaded, () => models.Unusable.Count, clock, () => analyzer.CachedBytes);
        var source = service.Services.GetRequiredService<SourceHealth>();
        var (sync, consul) = (service.Services.GetService<ModelSync>(), service.Services.GetService<ConsulRegistration>());
        var monitoring = service.Services.GetService<MonitoringRuntime>();
        service.Services.GetRequiredService<ServiceMetrics>().WatchDependencies(new()
        {
            ["source"] = () => source.IsUp,
            ["s3"] = () => sync?.Last is { } last ? last.Failure is null : null,
            ["consul"] = () => consul?.IsReachable,
            ["database"] = () => monitoring?.IsDatabaseUp,
        });
    }

    public static IServiceCollection AddLoop(
        this IServiceCollection services, string name, Func<IServiceProvider, Func<CancellationToken, Task>> run) =>
        services.AddSingleton<IHostedService>(provider => new Loop(
            name, cancellation => run(provider)(cancellation), TimeProvider.System, provider.GetRequiredService<ILogger<Loop>>()));

    private static ModelSync CreateSync(IServiceProvider provider, Settings settings, S3Settings s3)
    {
        var (models, time) = (provider.GetRequiredService<ModelFolder>(), provider.GetRequiredService<TimeProvider>());
        // The next poll is the retry: one more attempt at once, for what passes at once.
        var store = new ModelStore(new S3ObjectStore(s3 with { Retries = 1, RequestLimit = TimeSpan.FromSeconds(20) }), time);
        return new ModelSync(
            store, settings.Models.Path, static (folder, name) => ModelFiles.Load(folder, name),
            _ => models.Refresh(), time, provider.GetRequiredService<ILogger<ModelSync>>());
    }

    /// <summary>Who listens on one address only can be reached there only; null for all addresses.</summary>
    private static string? BoundAddress(ServerSettings server) =>
        IPAddress.TryParse(server.Address, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? null
            : server.Address;

    private static async Task RegisterAsync(IServiceProvider provider, CancellationToken cancellation)
    {
        var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        // The port is known, and the check can succeed, when the server listens.
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lifetime.ApplicationStarted).ContinueWith(
            static _ => { }, stopping.Token, TaskContinuationOptions.None, TaskScheduler.Default);
        var addresses = provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        await provider.GetRequiredService<ConsulRegistration>().RunAsync(new Uri(addresses.First()).Port, stopping.Token);
    }
}
