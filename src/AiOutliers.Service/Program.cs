using AiOutliers.Service.Cli;
using AiOutliers.Service.Hosting;

// First of all: what comes next opens a file for each library.
if (OpenFiles.TooFew is not { } complaint)
    return await CommandLine.RunAsync(args);
Console.Error.WriteLine($"rb-aioutliers: {complaint}");
return 1;
