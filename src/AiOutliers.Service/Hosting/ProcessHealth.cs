using System.Diagnostics.Metrics;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Service.Options;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// What <c>schedule</c> and <c>work</c> answer where <c>[Jobs] health_port</c> is set: <c>/health/live</c>, <c>/health/ready</c> (the queue
/// can be used) and <c>/metrics</c>. It answers before there is a queue, and until the last job is handed back.
/// </summary>
internal sealed class ProcessHealth : IAsyncDisposable
{
    private WebApplication? _server;
    private volatile JobBoard? _board;

    /// <param name="settings">The configuration.</param>
    /// <param name="configured">The command's port; null: it answers nowhere.</param>
    /// <param name="runtime">What the command runs with.</param>
    /// <param name="cancellation">The stop.</param>
    /// <exception cref="AiOutliersException">The port cannot be listened on.</exception>
    public static async Task<ProcessHealth> StartAsync(
        Settings settings, int? configured, ClusterRuntime runtime, CancellationToken cancellation)
    {
        var health = new ProcessHealth();
        if (configured is not { } port)
            return health;
        var server = health.Build(settings, port, runtime);
        await Listener.StartAsync(server, settings.Server.Address, port, cancellation);
        server.Logger.LogInformation("Health and metrics on {Addresses}", string.Join(", ", server.Urls));
        return health;
    }

    /// <summary>From now on ready means that this queue answers.</summary>
    public void Watch(JobQueue queue) => _board = new JobBoard(queue);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private WebApplication Build(Settings settings, int port, ClusterRuntime runtime)
    {
        var builder = ServiceHost.CreateBuilder();
        var usesRedis = settings.Cluster.Queue.Redis is not null;
        builder.Services.AddSingleton(runtime.Loggers).AddSingleton<IHostLifetime, OfTheCommand>();
        builder.WebHost.ConfigureKestrel(kestrel => Listener.Listen(kestrel, settings.Server.Address, port));
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("rb-aioutliers", autoGenerateServiceInstanceId: false))
            .WithMetrics(static metrics =>
                metrics.AddMeter(ServiceMetrics.MeterName, "System.Runtime").LimitSeries().AddPrometheusExporter());
        var server = _server = builder.Build();
        var meter = server.Services.GetRequiredService<IMeterFactory>().Create(ServiceMetrics.MeterName);
        meter.CreateObservableGauge(
            "aioutliers.queue.jobs", Count, description: "Jobs in the queue, of all nodes, by state: waiting, delayed, running, parked.");
        var dependencies = new Dictionary<string, Func<bool?>> { ["redis"] = () => usesRedis ? Count().Any() : null };
        NodeMetrics.WatchDependencies(meter, dependencies);
        NodeMetrics.WatchClock(meter, runtime.Clock);
        NodeMetrics.WatchLog(meter, runtime.Log);
        server.MapGet("/health/live", static () => TypedResults.Ok(new QueueAnswer("live", null)));
        server.MapGet("/health/ready", ReadyAsync);
        server.MapPrometheusScrapingEndpoint();
        return server;
    }

    private async Task<Results<Ok<QueueAnswer>, JsonHttpResult<QueueAnswer>>> ReadyAsync()
    {
        try
        {
            if (_board is not { } board)
                return Unavailable("the job queue is not open yet");
            await board.CountAsync();
            return TypedResults.Ok(new QueueAnswer("ready", null));
        }
        catch (AiOutliersException error)
        {
            return Unavailable(error.Message);
        }
    }

    private static JsonHttpResult<QueueAnswer> Unavailable(string reason) =>
        TypedResults.Json(new QueueAnswer("unavailable", reason), statusCode: StatusCodes.Status503ServiceUnavailable);

    /// <summary>Nothing is said while the queue cannot be asked: a missing number is better than an old one.</summary>
    private IEnumerable<Measurement<long>> Count()
    {
        try
        {
            if (_board?.CountAsync().GetAwaiter().GetResult() is not { } counts)
                return [];
            return
            [
                Of("waiting", counts.Waiting), Of("delayed", counts.Delayed), Of("running", counts.Running), Of("parked", counts.Parked),
            ];
        }
        catch (AiOutliersException)
        {
            return [];
        }
    }

    private static Measurement<long> Of(string state, long count) => new(count, new KeyValuePair<string, object?>("state", state));

    /// <summary>
    /// Signals are the command's business: a worker that is asked to end goes on answering until its job is done or handed back.
    /// </summary>
    private sealed class OfTheCommand : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <param name="Status">live, ready, or unavailable.</param>
/// <param name="Failure">Why the queue cannot be used; null when it can.</param>
internal sealed record QueueAnswer(string Status, string? Failure);
