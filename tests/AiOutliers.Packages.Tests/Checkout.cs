using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests;

/// <summary>Where things lie in the checkout, and beside it.</summary>
internal static class Checkout
{
    public static string File(string name) => Path.Combine(Golden.Root, name);

    /// <summary>The folder with servers and tools for tests that are not a part of the project; null when there is none.</summary>
    public static string? Servers
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("AIOUTLIERS_SERVERS_HOME") ?? Path.GetFullPath(Path.Combine(Golden.Root, "..", "shared", "servers"));
            return Directory.Exists(folder) ? folder : null;
        }
    }
}
