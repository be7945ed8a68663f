namespace AiOutliers.Service.Hosting;

/// <summary>
/// Between the signal to stop and the closing of the listener. What a client has sent by then may not be read yet, and its connection may
/// still wait to be accepted: the system resets both when the listener closes. So all goes on for a moment; each answer ends its
/// connection.
/// </summary>
internal sealed class LastRequests : IHostedLifecycleService
{
    /// <summary>Long enough to accept and read what is there, also on a machine that is busy.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    /// <summary>A client that keeps its connection would ask on it again.</summary>
    public static void EndConnections(WebApplication service)
    {
        var stopping = service.Lifetime.ApplicationStopping;
        service.Use((context, next) =>
        {
            if (stopping.IsCancellationRequested && HttpProtocol.IsHttp11(context.Request.Protocol))
                context.Response.Headers.Connection = "close";
            return next(context);
        });
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(Moment, TimeProvider.System, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
