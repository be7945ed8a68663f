namespace AiOutliers.Benchmarks.RealData;

/// <param name="FirstSeed">Of every part; seeds below 1000 are for choosing, those from 40000 on for the judgement.</param>
/// <param name="Series">How many of each kind; 0 as the bars say.</param>
/// <param name="Details">Whether every false incident is printed.</param>
internal sealed record RealOptions(int FirstSeed = 40_000, int Series = 0, bool Details = false)
{
    private static readonly string Data = Environment.GetEnvironmentVariable("AIOUTLIERS_DATA_HOME")
        ?? Path.Combine(AiOutliers.Tests.Shared.Golden.Root, "..", "shared", "data");

    /// <summary>A folder of labelled data; null, and said so, where it is not there.</summary>
    public static string? Folder(string name)
    {
        var folder = Path.GetFullPath(Path.Combine(Data, name));
        if (Directory.Exists(folder))
            return folder;
        Console.WriteLine($"skipped: the folder {folder} was not found; AIOUTLIERS_DATA_HOME names the one that holds '{name}'");
        return null;
    }

    public int SeriesOr(int usual) => Series > 0 ? Series : usual;
}
