using AiOutliers.Service.Cli;

return await CommandLine.RunAsync(args);
