namespace AiOutliers.Service.Hosting;

/// <summary>
/// Between the signal to stop and the closing of the listener. What a client has sent by then may not be read yet, and its connection may
/// still wait to be accepted: the system resets both when the listener closes. So all goes on until no request has begun for a moment; each
/// answer ends its connection.
/// </summary>
internal sealed class LastRequests(IHostApplicationLifetime lifetime, TimeProvider clock) : IHostedLifecycleService
{
    /// <summary>So many are a moment.</summary>
    private const int Ticks = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(30), Longest = TimeSpan.FromSeconds(5);

    private int _begun;

    /// <summary>A client that keeps its connection would ask on it again.</summary>
    public Task EndConnectionAsync(HttpContext context, RequestDelegate next)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Interlocked.Increment(ref _begun);
            if (HttpProtocol.IsHttp11(context.Request.Protocol))
                context.Response.Headers.Connection = "close";
        }
        return next(context);
    }

    /// <summary>
    /// A tick that comes late says that the machine is busy, and that what has arrived may still wait. Who asks on and on is left in the
    /// end.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var stopping = clock.GetTimestamp();
        for (var quiet = 0; quiet < Ticks && clock.GetElapsedTime(stopping) < Longest;)
        {
            var tick = clock.GetTimestamp();
            await Task.Delay(Tick, clock, cancellationToken).ConfigureAwait(false);
            var isBusy = Interlocked.Exchange(ref _begun, 0) > 0 || clock.GetElapsedTime(tick) > 2 * Tick;
            quiet = isBusy ? 0 : quiet + 1;
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
