using System.Text.Json.Serialization;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Explanation;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Api.V1;
using AiOutliers.Service.Api.V2;
using AiOutliers.Service.Console;
using AiOutliers.Service.Console.SignIn;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Serilog;

namespace AiOutliers.Service.Hosting;

/// <summary>Puts the service together: settings, parts, routes.</summary>
internal static class ServiceHost
{
    public static WebApplication Build(Settings settings)
    {
        var admission = new Admission(settings.Server.MaxBodyBytes);
        var source = DataSource.Open(settings, admission);
        var certificate = ServerCertificate.Open(settings.Security, TimeProvider.System);
        var builder = CreateBuilder();
        var log = LogFile.Open(settings.LogFile, TimeProvider.System);
        builder.Services.AddSerilog(ServiceLogging.Create(log), dispose: true);
        if (log is not null)
            builder.Services.AddSingleton(log).AddSingleton(new Reloadable("the log file", log.Reopen));
        builder.Services.AddSingleton(provider => new Reloadable("the model folder", provider.GetRequiredService<ModelFolder>().Refresh));
        Listener.Configure(builder, settings.Server, admission, certificate);
        AddParts(builder.Services, settings, source, admission, certificate);

        var service = builder.Build();
        // The metrics take long to be put together (30 ms): the routes are mapped beside it, and wait for them at their end.
        _ = Task.Run(service.Services.GetRequiredService<MeterProvider>);
        service.Lifetime.ApplicationStopped.Register(() => (source as IDisposable)?.Dispose());
        service.WatchCluster();
        service.WatchMonitoring();
        Map(service, settings, builder.Services);
        // Making the routes takes 37 ms, most of it compiling, beside the start of the listener; the first request makes them again in 6.
        _ = Task.Run(() => ((IEndpointRouteBuilder)service).DataSources.Sum(static routes => routes.Endpoints.Count));
        return service;
    }

    private static void AddParts(
        IServiceCollection services, Settings settings, IDruidSource? source, Admission admission, ServerCertificate? certificate)
    {
        services
            .AddSingleton(settings)
            .AddSingleton(admission)
            .AddSingleton<OutlierAnswers>()
            .AddSingleton(new SourceHealth(settings.Server.ReadyGrace, settings.Engine.Traffic.DataSource, TimeProvider.System))
            .AddSingleton<ServiceMetrics>()
            .AddCluster(settings)
            .AddMonitoring(settings, source, admission)
            .AddSecurity(certificate)
            .AddVersionTwo()
            .AddSingleton(provider => new OutlierAnalyzer(
                settings.Engine, provider.GetRequiredService<ModelFolder>(), source, TimeProvider.System, admission.LongComputations,
                provider.GetRequiredService<ILogger<OutlierAnalyzer>>()));
        services.AddConsole(source);
        if (source is not null)
            AddSource(services, settings, source);
        services.AddSingleton<LastRequests>().AddHostedService(static provider => provider.GetRequiredService<LastRequests>());
        services.AddLoop("giving memory back", static _ => new IdleMemory(TimeSpan.FromSeconds(1), TimeProvider.System).RunAsync);
        // Answers hold numbers as numbers; the description of the interface says so.
        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        AddMeters(services);
    }

    private static void AddSource(IServiceCollection services, Settings settings, IDruidSource source)
    {
        services.AddSingleton(source);
        services.AddSingleton(new Explainer(settings.Engine.Traffic, source, TimeProvider.System, settings.Engine.SeasonalScan.TimeZone));
        services.AddLoop("the data source's health",
            provider => cancellation => provider.GetRequiredService<SourceHealth>().RunAsync(source, cancellation));
    }

    private static void AddMeters(IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(static resource => resource.AddService("rb-aioutliers", autoGenerateServiceInstanceId: false))
        .WithMetrics(metrics => metrics
            .AddMeter(ServiceMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .LimitSeries()
            .AddPrometheusExporter());

    /// <summary>What every request passes, then the routes.</summary>
    private static void Map(WebApplication service, Settings settings, IServiceCollection parts)
    {
        service.Use(service.Services.GetRequiredService<LastRequests>().EndConnectionAsync);
        service.UseRequestScope();
        service.UseVersionTwo();
        service.UseHealthListener(settings.Server);
        service.UseSignIn();
        service.UseSecurity();
        service.MapVersionOne(settings.Security);
        service.MapVersionTwo();
        service.MapHealth();
        service.MapMonitoring();
        service.MapConsole();
        service.MapDescription(parts);
        var metrics = service.MapPrometheusScrapingEndpoint();
        service.Services.GetRequiredService<ServiceMetrics>().Begin();
        if (settings.Security.ProtectMetrics)
            metrics.RequireRole(Role.Viewer, limited: false);
        service.MapJobs(settings);
    }

    /// <summary>
    /// A web server and routes, nothing else: the configuration is config.ini and its variables; appsettings.json of the
    /// current folder has no say.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        return builder;
    }

    /// <exception cref="AiOutliersException">The address or port cannot be listened on.</exception>
    public static async Task RunAsync(WebApplication service, Settings settings, CancellationToken cancellation)
    {
        foreach (var warning in settings.Warnings)
            service.Logger.LogWarning("{Warning}", warning);
        if (service.Services.GetRequiredService<Admission>().Connections.Capacity is var connections and < Admission.MostConnections)
        {
            service.Logger.LogWarning("At most {Connections} connections are answered at once, because no more files may be open; "
                + "raise LimitNOFILE= of the unit, or --ulimit nofile= of the container", connections);
        }
        using var hangup = Hangup.Handle(service.Logger, service.Services.GetServices<Reloadable>());
        await Listener.StartAsync(service, settings.Server.Address, settings.Server.Port, cancellation);
        service.Logger.LogInformation("Ready on {Addresses}, {Source}, {Clock}",
            string.Join(", ", service.Urls), StartWords.Source(settings.DruidEndpoint), StartWords.Clock(settings.Cluster.NtpServer));
        using var systemd = Systemd.Ready(TimeProvider.System);
        await service.WaitForShutdownAsync(cancellation);
    }
}
