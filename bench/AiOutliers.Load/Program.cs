using System.Globalization;
using AiOutliers.Load;
using AiOutliers.Load.Hostile;

switch (args)
{
    case [var executable, var models]:
        return await LoadReport.RunAsync(executable, models);
    case ["hostile", var executable, var models, var samples, var requests]:
        return await HostileReport.RunAsync(executable, Settings(models, samples), int.Parse(requests, CultureInfo.InvariantCulture));
    case ["greedy", var executable, var models, var samples, .. var kinds]:
        return await GreedyReport.RunAsync(executable, Settings(models, samples), kinds is [] ? Attackers.All : kinds);
    default:
        Console.Error.WriteLine("usage: AiOutliers.Load EXECUTABLE MODELS (bench/load.sh calls it)");
        Console.Error.WriteLine("       AiOutliers.Load hostile EXECUTABLE MODELS SAMPLES REQUESTS (bench/hostile.sh calls it)");
        Console.Error.WriteLine("       AiOutliers.Load greedy EXECUTABLE MODELS SAMPLES [KIND...] (bench/hostile.sh calls it)");
        return 2;
}

static Dictionary<string, string> Settings(string models, string samples) => new()
{
    ["Models__path"] = models,
    ["Druid__druid_endpoint"] = "duckdb:" + samples,
    // What is kept in memory by intent is not what this looks for.
    ["Outliers__history_cache_megabytes"] = "32",
};
