using AiOutliers.Load;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: AiOutliers.Load EXECUTABLE MODEL_FOLDER (bench/load.sh calls it)");
    return 2;
}
return await LoadReport.RunAsync(args[0], args[1]);
