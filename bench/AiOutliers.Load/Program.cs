using System.Globalization;
using AiOutliers.Load;
using AiOutliers.Load.Hostile;

switch (args)
{
    case [var executable, var models]:
        return await LoadReport.RunAsync(executable, models);
    case ["hostile", var executable, var models, var samples, var requests]:
        return await HostileReport.RunAsync(executable, models, samples, int.Parse(requests, CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("usage: AiOutliers.Load EXECUTABLE MODELS (bench/load.sh calls it)");
        Console.Error.WriteLine("       AiOutliers.Load hostile EXECUTABLE MODELS SAMPLES REQUESTS (bench/hostile.sh calls it)");
        return 2;
}
