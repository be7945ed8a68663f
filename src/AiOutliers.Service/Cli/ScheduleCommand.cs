using System.CommandLine;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Models.Store;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using AiOutliers.Service.Training;

namespace AiOutliers.Service.Cli;

/// <summary><c>schedule</c>: enqueues training by cron; without Redis, where the queue is in this process, it does the jobs too.</summary>
internal static class ScheduleCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var now = new Option<bool>("--now") { Description = "Enqueue one job per model and sensor at once, and end." };
        var command = new Command("schedule", "Enqueue training jobs at the times of [Outliers] schedule_hour, until stopped.")
        {
            config, now,
        };
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(async () =>
        {
            var settings = SettingsReader.Read(parsed.GetValue(config), testing: false, DetectorCatalog.Names);
            if (parsed.GetValue(now))
                return await EnqueueAsync(settings, cancellation);
            await RunAsync(settings, cancellation);
            return ExitCode.Success;
        }));
        return command;
    }

    private static async Task RunAsync(Settings settings, CancellationToken cancellation)
    {
        var cron = JobScheduler.Parse(settings.Cluster.Schedule.Cron
            ?? throw new AiOutliersException(ErrorKind.BadConfiguration,
                "[Outliers] schedule_hour is not set; it takes a cron expression of five fields, UTC"));
        using var runtime = new ClusterRuntime(settings);
        var work = settings.Cluster.Queue.Redis is null
            ? new TrainingJobs(new TrainingWork(settings, DataSource.Open(settings), runtime.Clock), runtime.Store)
            : null;
        var port = settings.Cluster.ScheduleHealthPort ?? settings.Cluster.HealthPort;
        await using var health = await ProcessHealth.StartAsync(settings, port, runtime, cancellation);
        using var queue = await runtime.OpenQueueAsync(cancellation);
        health.Watch(queue);
        var scheduler = new JobScheduler(
            queue,
            cron,
            async token =>
            {
                var targets = await TargetsAsync(settings.Cluster.Schedule, runtime.Store, token);
                return [.. targets.Select(static target => target.Payload)];
            },
            runtime.Clock,
            runtime.Loggers.CreateLogger<JobScheduler>());
        var parts = new List<Func<CancellationToken, Task>> { runtime.Clock.RunAsync, scheduler.RunAsync };
        if (work is not null)
            parts.Add(new JobWorker(queue, [work], runtime.Clock, runtime.Loggers).RunAsync);
        await ClusterRuntime.RunAllAsync(cancellation, [.. parts]);
    }

    private static async Task<int> EnqueueAsync(Settings settings, CancellationToken cancellation)
    {
        using var queue = JobsCommand.OpenQueue(settings);
        using var store = ClusterRuntime.OpenStore(settings, TimeProvider.System);
        foreach (var target in await TargetsAsync(settings.Cluster.Schedule, store, cancellation))
            System.Console.WriteLine($"{queue.Enqueue(target.Payload)} {target.Model}");
        return ExitCode.Success;
    }

    /// <summary>One per model, those that are named or all that the store has, and one per sensor.</summary>
    private static async Task<IReadOnlyList<TrainingTarget>> TargetsAsync(
        TrainingSchedule schedule, ModelStore store, CancellationToken cancellation)
    {
        var sensors = schedule.Sensors.Select(TrainingTarget.ForSensor).ToList();
        var models = schedule.Models.Count > 0 ? schedule.Models : [.. (await store.ListAsync(cancellation)).Select(model => model.Name)];
        // A sensor's own model knows its sensor; the same name from the listing does not.
        return [.. sensors.Concat(models.Select(model => new TrainingTarget(model, null))).DistinctBy(target => target.Model)];
    }
}
