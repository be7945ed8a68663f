using System.Diagnostics;

namespace AiOutliers.Load;

/// <summary>
/// The command <c>train</c> as a process: a day of Druid's answers at the eight granularities, 20 epochs, on a copy of a model.
/// </summary>
internal static class TrainingTime
{
    private const int Runs = 5;
    private static readonly int[] Granularities = [1, 2, 5, 15, 30, 60, 120, 480];

    /// <returns>Seconds from the start of the process to its end, sorted.</returns>
    public static async Task<double[]> MeasureAsync(string executable, string models, string model)
    {
        var folder = Directory.CreateTempSubdirectory("aioutliers-load");
        try
        {
            var data = Array.ConvertAll(Granularities, minutes => Path.Combine(folder.FullName, $"{minutes}.json"));
            for (var i = 0; i < data.Length; i++)
                await File.WriteAllTextAsync(data[i], Requests.Traffic(Granularities[i]));
            var seconds = new double[Runs];
            for (var run = 0; run < Runs; run++)
            {
                var copy = Copy(models, model, folder.CreateSubdirectory($"{run}"));
                seconds[run] = await RunAsync(executable, ["train", model, "--epochs", "20", "--data", .. data], copy);
            }
            Array.Sort(seconds);
            return seconds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Copy(string models, string model, DirectoryInfo target)
    {
        foreach (var file in Directory.GetFiles(models, model + ".*"))
            File.Copy(file, Path.Combine(target.FullName, Path.GetFileName(file)));
        return target.FullName;
    }

    private static async Task<double> RunAsync(string executable, string[] arguments, string models)
    {
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Models__path"] = models;
        var started = Stopwatch.GetTimestamp();
        using var train = Process.Start(start)!;
        var (output, errors) = (train.StandardOutput.ReadToEndAsync(), train.StandardError.ReadToEndAsync());
        await train.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return train.ExitCode == 0 ? seconds : throw new InvalidOperationException($"train failed:\n{await output}{await errors}");
    }
}
