using System.Globalization;

namespace AiOutliers.Service.Hosting;

/// <summary>How many files and connections this process may have open (RLIMIT_NOFILE).</summary>
internal static class OpenFiles
{
    /// <summary>The runtime keeps a file open for each of its libraries, some two hundred; with fewer it ends in the middle.</summary>
    private const int Least = 512;

    /// <summary>What is open beside clients' connections: libraries, logs, models, connections to the other servers.</summary>
    private const int Own = 384;

    private const string Limits = "/proc/self/limits", Row = "Max open files";

    private static readonly long Limit = Read();

    /// <summary>Null when there are enough to start. Asked before anything else, while there are files left for the answer.</summary>
    public static string? TooFew => Limit >= Least ? null
        : $"only {Text(Limit)} files may be open at once, and at least {Text(Least)} are needed; raise the limit: "
            + "LimitNOFILE= of the unit, --ulimit nofile= of the container, ulimit -n of the shell";

    /// <summary>As many connections as wanted, or fewer: one that is taken and finds no file left stays unanswered.</summary>
    public static long Connections(long wanted) => Math.Min(wanted, Math.Max(Limit, Least) - Own);

    /// <summary>Without LINQ and lists: each library that is loaded takes a file.</summary>
    private static long Read()
    {
        if (!File.Exists(Limits))
            return long.MaxValue;
        var text = File.ReadAllText(Limits);
        var at = text.IndexOf(Row, StringComparison.Ordinal);
        if (at < 0)
            return long.MaxValue;
        var words = text.AsSpan(at + Row.Length).TrimStart();
        var word = words[..words.IndexOf(' ')];
        return long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
