namespace AiOutliers.Tests.Shared;

/// <summary>The labelled series of the Numenta Anomaly Benchmark: 5 MB that stay outside of the repository.</summary>
internal static class NabData
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("AIOUTLIERS_NAB_HOME")
        ?? System.IO.Path.Combine(Golden.Root, "..", "shared", "data", "nab");

    /// <summary>Why the tests that need the data are skipped; null when it is there.</summary>
    public static string? Missing => File.Exists(System.IO.Path.Combine(Folder, "combined_windows.json"))
        ? null
        : $"no NAB data in {System.IO.Path.GetFullPath(Folder)}; AIOUTLIERS_NAB_HOME names the folder with combined_windows.json";

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);
}
