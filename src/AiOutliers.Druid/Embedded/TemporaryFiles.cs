using System.Diagnostics;
using System.Globalization;

namespace AiOutliers.Druid.Embedded;

/// <summary>The engine's own folder for what does not fit into memory. Folders of processes that were killed are removed.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    private const string Prefix = "engine-";

    private static int _engines;

    public TemporaryFiles(string parent)
    {
        Folder = Path.Combine(parent, string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _engines)}"));
        Make(parent);
        foreach (var left in Leftovers(parent))
            Remove(left);
        // In a container a process may get the number of the one before it.
        Remove(Folder);
    }

    /// <summary>Made by the database when it first needs it.</summary>
    public string Folder { get; }

    public void Dispose() => Remove(Folder);

    /// <summary>For nobody else: what is written there are rows of the data.</summary>
    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static IEnumerable<string> Leftovers(string parent) =>
        Directory.EnumerateDirectories(parent, Prefix + "*").Where(static folder => !IsOfALivingProcess(Path.GetFileName(folder)));

    private static bool IsOfALivingProcess(string name)
    {
        try
        {
            var process = name[Prefix.Length..].Split('-')[0];
            return int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && !Process.GetProcessById(id).HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or removed meanwhile: the engine works without.
        }
    }
}
