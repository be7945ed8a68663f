using System.Runtime.InteropServices;

namespace AiOutliers.Service.Hosting;

/// <summary>SIGHUP does not end a service: it looks again at what may have changed.</summary>
internal static class Hangup
{
    /// <param name="logger">Says that it came.</param>
    /// <param name="reload">What is looked at again; null when there is nothing.</param>
    /// <returns>Ends the handling when disposed.</returns>
    public static IDisposable Handle(ILogger logger, Action? reload = null) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        logger.LogInformation(reload is null ? "SIGHUP: there is nothing to read again; a changed configuration needs a restart"
            : "SIGHUP: the model folder is read again; a changed configuration needs a restart");
        reload?.Invoke();
    });
}
