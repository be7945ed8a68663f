using AiOutliers.Samples;

var folder = args is [var given] ? given : ".";
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"There is no folder '{folder}'.");
    return 2;
}
SampleFiles.Write(folder);
return 0;
