using System.Collections.Concurrent;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Engine.Training;
using AiOutliers.Models;
using AiOutliers.Service.Options;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary>
/// <c>train --all-sensors</c>: a model for every sensor, as many at once as there are cores; one that fails does not stop the others.
/// </summary>
internal static class TrainAllSensors
{
    /// <summary>How far back sensors are looked for, where <c>--from</c> does not say: as far as a new model's data goes.</summary>
    private const int Days = 28;

    public static async Task<int> RunAsync(
        TrainingJob job, IDruidSource? source, Settings settings, TrainingRequest request, TimeProvider clock,
        bool dryRun, CancellationToken cancellation)
    {
        if (source is null)
            throw new AiOutliersException(ErrorKind.SourceFailed,
                "no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER");
        var to = request.To ?? clock.GetUtcNow() - settings.Engine.IngestionDelay;
        var interval = TrainingQueries.Interval(request.From ?? to.AddDays(-Days), to);
        var sensors = await SensorValues.ReadAsync(source, settings.Engine.Traffic, interval, cancellation);
        if (sensors.Count == 0)
            throw new AiOutliersException(ErrorKind.BadInput,
                $"the data source names no sensor in {interval}; --from and --to choose another time");
        var requests = sensors
            .Select(sensor => request with { Name = ModelName.ForSensor(sensor), Sensors = [sensor], To = to, Threads = 1 })
            .ToArray();
        if (dryRun)
        {
            foreach (var one in requests)
                TrainingTable.WritePlan(AnsiConsole.Console, one, job.Plan(one));
            return ExitCode.Success;
        }
        var results = await TrainingDisplay.ForAsync(progress => TrainAsync(job, requests, progress, cancellation));
        TrainingTable.WriteAll(AnsiConsole.Console, requests, results);
        return results.Values.All(static result => result.Outcome is { IsSaved: true }) ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<IReadOnlyDictionary<string, (TrainingOutcome? Outcome, string? Error)>> TrainAsync(
        TrainingJob job, TrainingRequest[] requests, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var results = new ConcurrentDictionary<string, (TrainingOutcome?, string?)>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(requests, options, async (request, _) =>
        {
            try
            {
                results[request.Name] = cancellation.IsCancellationRequested
                    ? (null, "stopped")
                    : (await job.RunAsync(request, progress, cancellation), null);
            }
            catch (OperationCanceledException)
            {
                results[request.Name] = (null, "stopped");
            }
            catch (AiOutliersException error)
            {
                results[request.Name] = (null, error.Message);
            }
        });
        return results;
    }
}
