using System.Globalization;
using AiOutliers.Load;
using AiOutliers.Load.Hostile;
using AiOutliers.Load.Hostile.VersionTwo;

switch (args)
{
    case [var executable, var models]:
        return await LoadReport.RunAsync(executable, models);
    case ["compare", var old, var current, var models, var rounds]:
        return await new LoadComparison(models, Number(rounds)).RunAsync(old, current);
    case ["hostile", var executable, var models, var samples, var requests]:
        return await HostileReport.RunAsync(executable, Settings(models, samples), int.Parse(requests, CultureInfo.InvariantCulture));
    case ["greedy", var executable, var models, var samples, .. var kinds]:
        return await GreedyReport.RunAsync(executable, Settings(models, samples), kinds is [] ? Attackers.All : kinds);
    case ["hostile-v2", var executable, var samples, var first, var requests, .. var parts]:
        return await JsonReport.RunAsync(executable, samples, Number(first), Number(requests), parts is [var count] ? Number(count) : 4);
    default:
        Console.Error.WriteLine("usage: AiOutliers.Load EXECUTABLE MODELS (bench/load.sh calls it)");
        Console.Error.WriteLine("       AiOutliers.Load compare OLD NEW MODELS ROUNDS (bench/load.sh compare calls it)");
        Console.Error.WriteLine("       AiOutliers.Load hostile EXECUTABLE MODELS SAMPLES REQUESTS (bench/hostile.sh calls it)");
        Console.Error.WriteLine("       AiOutliers.Load greedy EXECUTABLE MODELS SAMPLES [KIND...] (bench/hostile.sh calls it)");
        Console.Error.WriteLine("       AiOutliers.Load hostile-v2 EXECUTABLE SAMPLES FIRST REQUESTS [PARTS] (bench/hostile.sh v2)");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static Dictionary<string, string> Settings(string models, string samples) => new()
{
    ["Models__path"] = models,
    ["Druid__druid_endpoint"] = "duckdb:" + samples,
    // What is kept in memory by intent is not what this looks for.
    ["Outliers__history_cache_megabytes"] = "32",
};
