using System.Globalization;
using AiOutliers.Load;
using AiOutliers.Load.Hostile;
using AiOutliers.Load.Hostile.VersionTwo;

switch (args)
{
    case [var executable, var models]:
        return await LoadReport.RunAsync(executable, models);
    case ["hostile", var executable, var models, var samples, var requests]:
        return await HostileReport.RunAsync(executable, Settings(models, samples), int.Parse(requests, CultureInfo.InvariantCulture));
    case ["greedy", var executable, var models, var samples, .. var kinds]:
        return await GreedyReport.RunAsync(executable, Settings(models, samples), kinds is [] ? Attackers.All : kinds);
    case ["hostile-v2", var executable, var samples, var first, var requests]:
        return await JsonReport.RunAsync(
            executable, samples, int.Parse(first, CultureInfo.InvariantCulture), int.Parse(requests, CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("usage: AiOutliers.Load EXECUTABLE MODELS (bench/load.sh calls it)");
        Console.Error.WriteLine("       AiOutliers.Load hostile EXECUTABLE MODELS SAMPLES REQUESTS (bench/hostile.sh calls it)");
        Console.Error.WriteLine("       AiOutliers.Load greedy EXECUTABLE MODELS SAMPLES [KIND...] (bench/hostile.sh calls it)");
        Console.Error.WriteLine("       AiOutliers.Load hostile-v2 EXECUTABLE SAMPLES FIRST REQUESTS (bench/hostile.sh v2 calls it)");
        return 2;
}

static Dictionary<string, string> Settings(string models, string samples) => new()
{
    ["Models__path"] = models,
    ["Druid__druid_endpoint"] = "duckdb:" + samples,
    // What is kept in memory by intent is not what this looks for.
    ["Outliers__history_cache_megabytes"] = "32",
};
