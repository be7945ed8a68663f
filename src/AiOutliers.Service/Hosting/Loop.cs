namespace AiOutliers.Service.Hosting;

/// <summary>Work that goes on beside the requests until the service stops.</summary>
/// <param name="name">For the log.</param>
/// <param name="run">Runs until cancelled.</param>
/// <param name="time">Measures the pause after a failure.</param>
/// <param name="logger">Gets failures that nobody foresaw.</param>
internal sealed class Loop(string name, Func<CancellationToken, Task> run, TimeProvider time, ILogger<Loop> logger) : BackgroundService
{
    private static readonly TimeSpan Head = TimeSpan.FromMilliseconds(300), Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start does not wait for the first step. The first requests come before it: they find a free core.
        for (var pause = Head; ; pause = Pause)
        {
            try
            {
                await Task.Delay(pause, time, stoppingToken);
                await run(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // A defect in something that runs beside must not end the answers; it is logged whole, and the loop begins anew.
                logger.LogError(error, "{Loop} failed and begins again", name);
            }
        }
    }
}
