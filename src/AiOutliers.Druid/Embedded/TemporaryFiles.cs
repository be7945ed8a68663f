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
        foreach (var left in Leftovers(parent))
            Remove(left);
        // In a container a process may get the number of the one before it.
        Remove(Folder);
    }

    /// <summary>Made by the database when it first needs it.</summary>
    public string Folder { get; }

    public void Dispose() => Remove(Folder);

    private static IEnumerable<string> Leftovers(string parent) => Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent, Prefix + "*").Where(static folder => !IsAlive(Path.GetFileName(folder)[Prefix.Length..].Split('-')[0]))
        : [];

    private static bool IsAlive(string process)
    {
        try
        {
            return int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !Process.GetProcessById(id).HasExited;
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
