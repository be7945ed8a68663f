using System.Runtime.InteropServices;

namespace AiOutliers.Service.Hosting;

/// <summary>SIGHUP does not end a service: it reads again what may have changed.</summary>
internal static class Hangup
{
    /// <param name="logger">Says that it came.</param>
    /// <param name="parts">What is read again.</param>
    /// <returns>Ends the handling when disposed.</returns>
    public static IDisposable Handle(ILogger logger, params IEnumerable<Reloadable> parts)
    {
        var all = parts.ToArray();
        return PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            foreach (var part in all)
                part.Reload();
            var names = all.Length == 0 ? "nothing" : string.Join(", ", all.Select(static part => part.Name));
            logger.LogInformation("SIGHUP: read again: {Parts}; a changed configuration needs a restart", names);
        });
    }
}
