using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace AiOutliers.Service.Hosting;

/// <summary>One readable line per event on the console; the same as one JSON object per line in <c>log_file</c>.</summary>
internal static class ServiceLogging
{
    private const string ConsoleTemplate = "{UtcTimestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} {RequestId} {Message:lj}{NewLine}{Exception}";

    public static Serilog.ILogger Create(string? file)
    {
        var logging = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.Console(outputTemplate: ConsoleTemplate, formatProvider: CultureInfo.InvariantCulture);
        if (file is not null)
            logging = logging.WriteTo.File(new CompactJsonFormatter(), file, fileSizeLimitBytes: 100_000_000, rollOnFileSizeLimit: true, retainedFileCountLimit: 10);
        return logging.CreateLogger();
    }
}
