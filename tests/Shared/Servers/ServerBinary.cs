using System.Diagnostics;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>
/// Finds a server's program: on PATH, in the folder that AIOUTLIERS_SERVERS_HOME names, or in shared/servers beside the checkout or above; there also
/// packed (NAME.xz), which is unpacked once per test run.
/// </summary>
internal static class ServerBinary
{
    private static readonly Lock Unpacking = new();

    /// <summary>Skips the test, with the reason, where there is none.</summary>
    public static string Find(string name, TemporaryFolder unpacked)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append(Home() ?? "").Append("/usr/sbin"))
        {
            var path = Path.Combine(folder, name);
            if (folder.Length > 0 && File.Exists(path))
                return path;
        }
        if (Home() is { } home && File.Exists(Path.Combine(home, name + ".xz")))
            return Unpack(Path.Combine(home, name + ".xz"), Path.Combine(unpacked.Path, name));
        Assert.Skip($"no {name}: neither on PATH nor in the folder that AIOUTLIERS_SERVERS_HOME names");
        return "";
    }

    private static string Unpack(string packed, string target)
    {
        lock (Unpacking)
        {
            if (File.Exists(target))
                return target;
            using var process = Process.Start("/bin/sh", ["-c", "xz -dc \"$0\" > \"$1.part\" && chmod +x \"$1.part\" && mv \"$1.part\" \"$1\"", packed, target]);
            process.WaitForExit();
            Assert.SkipWhen(process.ExitCode != 0, $"{packed} cannot be unpacked; it needs xz");
            return target;
        }
    }

    private static string? Home()
    {
        if (Environment.GetEnvironmentVariable("AIOUTLIERS_SERVERS_HOME") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(Golden.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var servers = Path.Combine(folder.FullName, "shared", "servers");
            if (Directory.Exists(servers))
                return servers;
        }
        return null;
    }
}
