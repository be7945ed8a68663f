using AiOutliers.Detection;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Monitoring.Storage;

/// <summary>Looks for work in the database each second. While that fails it looks less often, and says once why.</summary>
internal static class PatientLoop
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromSeconds(10);

    /// <param name="work">Looks once.</param>
    /// <param name="failure">What cannot be done when it fails, for the log.</param>
    /// <param name="clock">The time between looks.</param>
    /// <param name="logger">Gets each new reason.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task RunAsync(
        Func<Task> work, string failure, TimeProvider clock, ILogger logger, CancellationToken cancellation)
    {
        for (string? told = null; ;)
        {
            try
            {
                await work();
                told = null;
            }
            catch (AiOutliersException error)
            {
                if (error.Message != told)
                    logger.LogWarning("{Failure}, it is tried again: {Reason}", failure, told = error.Message);
                await Task.Delay(Pause, clock, cancellation);
            }
            await Task.Delay(Poll, clock, cancellation);
        }
    }
}
