using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Explanation;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Api.V1;
using AiOutliers.Service.Api.V2;
using AiOutliers.Service.Console;
using AiOutliers.Service.Console.SignIn;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
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
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlocks>();
        builder.Services.Configure<SocketTransportOptions>(ConnectionBuffers.Limit);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = settings.Server.MaxBodyBytes;
            // The server's own rate lets a client hold 64 kB of an answer for minutes.
            kestrel.Limits.MinResponseDataRate = new(1024, TimeSpan.FromSeconds(10));
            Listen(kestrel, settings.Server.Address, settings.Server.Port, listener =>
            {
                listener.Limit(admission.Connections);
                certificate?.Secure(listener);
            });
            if (settings.Server.HealthPort is { } port)
                Listen(kestrel, settings.Server.Address, port);
        });
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(admission)
            .AddSingleton<OutlierAnswers>()
            .AddSingleton(new SourceHealth(settings.Server.ReadyGrace, settings.Engine.Traffic.DataSource, TimeProvider.System))
            .AddSingleton<ServiceMetrics>()
            .AddCluster(settings)
            .AddMonitoring(settings, source, admission)
            .AddSecurity(certificate)
            .AddVersionTwo()
            .AddSingleton(services => new OutlierAnalyzer(
                settings.Engine, services.GetRequiredService<ModelFolder>(), source, TimeProvider.System, admission.LongComputations,
                services.GetRequiredService<ILogger<OutlierAnalyzer>>()));
        builder.Services.AddConsole(source);
        if (source is not null)
        {
            builder.Services.AddSingleton(source);
            builder.Services.AddSingleton(new Explainer(
                settings.Engine.Traffic, source, TimeProvider.System, settings.Engine.SeasonalScan.TimeZone));
            builder.Services.AddLoop("the data source's health",
                provider => cancellation => provider.GetRequiredService<SourceHealth>().RunAsync(source, cancellation));
        }
        builder.Services.AddHostedService<LastRequests>();
        builder.Services.AddLoop("giving memory back", static _ => new IdleMemory(TimeSpan.FromSeconds(1), TimeProvider.System).RunAsync);
        // Answers hold numbers as numbers; the description of the interface says so.
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddDescriptions();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("rb-aioutliers", autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => metrics
            .AddMeter(ServiceMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .LimitSeries()
            .AddPrometheusExporter());

        var service = builder.Build();
        // The metrics take long to be put together (30 ms): the routes are mapped beside it, and wait for them at their end.
        _ = Task.Run(service.Services.GetRequiredService<MeterProvider>);
        service.Lifetime.ApplicationStopped.Register(() => (source as IDisposable)?.Dispose());
        service.WatchCluster();
        service.WatchMonitoring();
        LastRequests.EndConnections(service);
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
        service.MapDescription();
        var metrics = service.MapPrometheusScrapingEndpoint();
        service.Services.GetRequiredService<ServiceMetrics>().Begin();
        if (settings.Security.ProtectMetrics)
            metrics.RequireRole(Role.Viewer, limited: false);
        service.MapJobs(settings);
        // Making the routes takes 37 ms, most of it compiling, beside the start of the listener; the first request makes them again in 6.
        _ = Task.Run(() => ((IEndpointRouteBuilder)service).DataSources.Sum(static routes => routes.Endpoints.Count));
        return service;
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
        await StartAsync(service, settings.Server.Address, settings.Server.Port, cancellation);
        service.Logger.LogInformation("Ready on {Addresses}, {Source}, {Clock}",
            string.Join(", ", service.Urls), StartWords.Source(settings.DruidEndpoint), StartWords.Clock(settings.Cluster.NtpServer));
        using var systemd = Systemd.Ready(TimeProvider.System);
        await service.WaitForShutdownAsync(cancellation);
    }

    /// <exception cref="AiOutliersException">The address or port cannot be listened on.</exception>
    public static async Task StartAsync(WebApplication service, string address, int port, CancellationToken cancellation)
    {
        try
        {
            await service.StartAsync(cancellation);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            // It may be free the next time: whoever started the service starts it again.
            throw new IOException($"cannot listen on {address}, port {port}: Address already in use", error);
        }
        catch (Exception error) when (error is IOException or SocketException or AddressInUseException)
        {
            throw new AiOutliersException(ErrorKind.BadConfiguration,
                $"cannot listen on {address}, port {port}: {(error.InnerException ?? error).Message}", error);
        }
    }

    /// <param name="kestrel">The server.</param>
    /// <param name="address">An IP address or localhost.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="configure">Limits of its connections.</param>
    public static void Listen(KestrelServerOptions kestrel, string address, int port, Action<ListenOptions>? configure = null)
    {
        kestrel.AddServerHeader = false;
        configure ??= static _ => { };
        if (address == "localhost")
            kestrel.ListenLocalhost(port, configure);
        else
            kestrel.Listen(IPAddress.Parse(address), port, configure);
    }
}
