using System.Globalization;
using System.Text;
using AiOutliers.Detection;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Sinks.File;

namespace AiOutliers.Service.Hosting;

/// <summary>One readable line per event on the console; the same as one JSON object per line in <c>log_file</c>.</summary>
internal static class ServiceLogging
{
    private const string ConsoleTemplate =
        "{UtcTimestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} {RequestId} {Message:lj}{NewLine}{Exception}";

    private const string Draining = "automatic draining of the request body failed";

    /// <exception cref="AiOutliersException">The file cannot be written.</exception>
    public static Serilog.ILogger Create(string? file)
    {
        if (file is not null)
            CheckWritable(file);
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
            logging = logging.WriteTo.File(
                new CompactJsonFormatter(), file, fileSizeLimitBytes: 100_000_000, rollOnFileSizeLimit: true, retainedFileCountLimit: 10,
                hooks: new GroupReadable());
        return logging.CreateLogger();
    }

    /// <summary>Mode 0640 whatever the umask: lines name addresses and sensors.</summary>
    private sealed class GroupReadable : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            return underlyingStream;
        }
    }

    /// <summary>Serilog would go on in silence without its file.</summary>
    private static void CheckWritable(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            using var opened = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.BadConfiguration,
                $"[Logger] log_file = '{file}' cannot be written: {error.Message}", error);
        }
    }
}
