using AiOutliers.Druid;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring;
using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Console.IncidentPages;
using AiOutliers.Service.Options;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Service.Hosting;

/// <summary>The monitors of the service: their runs and their alerts, beside the requests.</summary>
internal static class MonitoringServices
{
    public static IServiceCollection AddMonitoring(
        this IServiceCollection services, Settings settings, IDruidSource? source, Admission admission)
    {
        if (settings.Monitoring is not { } monitoring)
            return services;
        services.AddSingleton(provider => new MonitoringRuntime(
            WithStore(monitoring, settings), settings.Engine, ClockOf(settings, provider)));
        services.AddSingleton<MonitoringMetrics>();
        services.AddLoop("retention", static provider => cancellation => provider.GetRequiredService<MonitoringRuntime>()
            .RunRetentionAsync(provider.GetRequiredService<ILoggerFactory>(), cancellation));
        services.AddLoop("alerts", static provider => cancellation =>
        {
            var runtime = provider.GetRequiredService<MonitoringRuntime>();
            runtime.Pictures = new IncidentPictures(runtime, provider.GetRequiredService<Exploration>());
            return runtime.RunAlertsAsync(provider.GetRequiredService<ILoggerFactory>(), cancellation);
        });
        if (source is null)
            return services;
        services.AddSingleton(_ => new MonitoringSource(AnalyzerOf(settings, source, admission), source));
        return services.AddLoop("monitors", provider => async cancellation =>
        {
            var (runtime, loggers) = (provider.GetRequiredService<MonitoringRuntime>(), provider.GetRequiredService<ILoggerFactory>());
            if (settings.Replay is { } replay)
                await ReplayMonitors.ApplyAsync(runtime, replay, loggers.CreateLogger<MonitoringRuntime>(), cancellation);
            var asked = provider.GetRequiredService<MonitoringSource>();
            var metrics = provider.GetRequiredService<MonitoringMetrics>();
            await runtime.RunMonitorsAsync(asked.Analyzer, asked.Source, loggers, metrics.Ran, cancellation);
        });
    }

    /// <summary>Joins the numbers of monitors and alerts to the metrics.</summary>
    public static void WatchMonitoring(this WebApplication service) => service.Services.GetService<MonitoringMetrics>();

    /// <summary>Without models, and without a log line for each warning of each of ten thousand series.</summary>
    public static OutlierAnalyzer AnalyzerOf(Settings settings, IDruidSource source, Admission admission) => new(
        settings.Engine, models: null, source, TimeProvider.System, admission.LongComputations, NullLogger<OutlierAnalyzer>.Instance);

    /// <summary>A replay keeps nothing beyond its process.</summary>
    public static MonitoringSettings WithStore(MonitoringSettings monitoring, Settings settings) => settings.Replay is not null
        ? monitoring
        : monitoring with { Entities = () => ClusterRuntime.OpenObjects(settings) };

    private static TimeProvider ClockOf(Settings settings, IServiceProvider provider) => settings.Replay is { } replay
        ? ReplayMonitors.ClockOf(replay)
        : provider.GetRequiredService<TimeProvider>();
}
