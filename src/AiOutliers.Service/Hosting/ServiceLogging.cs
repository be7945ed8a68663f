using System.Globalization;
using Serilog;
using Serilog.Events;

namespace AiOutliers.Service.Hosting;

/// <summary>One readable line per event on the console; the same as one JSON object per line in <c>log_file</c>.</summary>
internal static class ServiceLogging
{
    private const string ConsoleTemplate =
        "{UtcTimestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} {RequestId} {Message:lj}{NewLine}{Exception}";

    private const string Draining = "automatic draining of the request body failed";

    /// <param name="file">Gets the lines as well; null: none.</param>
    public static Serilog.ILogger Create(LogFile? file)
    {
        var logging = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // That it could not start is said by the command, in one line.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Warning)
            // Kestrel calls it an error when a client leaves in the middle of its body.
            .Filter.ByExcluding(static line => line.MessageTemplate.Text.Contains(Draining, StringComparison.Ordinal))
            .Enrich.FromLogContext()
            .Enrich.With<SingleLines>()
            .WriteTo.Console(outputTemplate: ConsoleTemplate, formatProvider: CultureInfo.InvariantCulture);
        if (file is not null)
            logging = logging.WriteTo.Sink(file);
        return logging.CreateLogger();
    }
}
