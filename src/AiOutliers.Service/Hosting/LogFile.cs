using System.Text;
using AiOutliers.Detection;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Sinks.File;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// The log file: one JSON object per line, a new file after 100 MB, ten are kept. It can be opened again, for programs that move it away.
/// Lines that cannot be written are counted, and reported on standard error.
/// </summary>
internal sealed class LogFile : ILogEventSink, ILoggingFailureListener, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private Logger _file;
    private long? _told;
    private long _lost;

    private LogFile(string path, TimeProvider time)
    {
        (_path, _time) = (path, time);
        _file = Open();
    }

    /// <summary>Lines that could not be written.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Null where no file is configured.</summary>
    /// <exception cref="AiOutliersException">The file cannot be written.</exception>
    public static LogFile? Open(string? path, TimeProvider time)
    {
        if (path is null)
            return null;
        CheckWritable(path);
        return new(path, time);
    }

    public void Emit(LogEvent logEvent)
    {
        lock (_lock)
            _file.Write(logEvent);
    }

    /// <summary>Closes the file, whatever it is called by now, and goes on in one of the configured name.</summary>
    public void Reopen()
    {
        lock (_lock)
        {
            _file.Dispose();
            _file = Open();
        }
    }

    /// <summary>Not through the log: it would come back here.</summary>
    public void OnLoggingFailed(
        object sender, LoggingFailureKind kind, string message, IReadOnlyCollection<LogEvent>? events, Exception? exception)
    {
        Interlocked.Add(ref _lost, events?.Count ?? 1);
        if (_told is { } told && _time.GetElapsedTime(told) < Pause)
            return;
        _told = _time.GetTimestamp();
        var reason = exception?.Message ?? message;
        System.Console.Error.WriteLine($"rb-aioutliers: the log file '{_path}' cannot be written, {Lost} lines are lost: {reason}");
    }

    public void Dispose()
    {
        lock (_lock)
            _file.Dispose();
    }

    private Logger Open() => new LoggerConfiguration()
        .MinimumLevel.Verbose()
        .WriteTo.Fallible(
            file => file.File(
                new CompactJsonFormatter(), _path, fileSizeLimitBytes: 100_000_000, rollOnFileSizeLimit: true, retainedFileCountLimit: 10,
                hooks: new GroupReadable()),
            this)
        .CreateLogger();

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
            throw new AiOutliersException(
                ErrorKind.BadConfiguration, $"[Logger] log_file = '{file}' cannot be written: {error.Message}", error);
        }
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
}
