using AiOutliers.Samples;
using AiOutliers.Samples.Suite;

if (args is ["suite", .. var rest])
{
    if (SuiteOptions.Parse(rest) is not { } options)
    {
        Console.Error.WriteLine(SuiteOptions.Usage);
        return 2;
    }
    SuiteFiles.Write(options);
    return 0;
}
var folder = args is [var given] ? given : ".";
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"The folder '{folder}' was not found.");
    return 2;
}
SampleFiles.Write(folder);
return 0;
