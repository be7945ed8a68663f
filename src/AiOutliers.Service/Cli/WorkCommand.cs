using System.CommandLine;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using AiOutliers.Service.Training;

namespace AiOutliers.Service.Cli;

/// <summary><c>work</c>: takes jobs from Redis and trains.</summary>
internal static class WorkCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var command = new Command("work", "Take training jobs from Redis and do them, until stopped.") { config };
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(async () =>
        {
            var settings = SettingsReader.Read(parsed.GetValue(config), testing: false, DetectorCatalog.Names);
            if (settings.Cluster.Queue.Redis is null)
                throw new AiOutliersException(ErrorKind.BadConfiguration,
                    "[Redis] rd_hostname is not set, and jobs are taken from there; "
                        + "without Redis `rb-aioutliers schedule` does the jobs itself");
            using var runtime = new ClusterRuntime(settings);
            var work = new TrainingJobs(new TrainingWork(settings, DataSource.Open(settings), runtime.Clock), runtime.Store);
            await using var health = await ProcessHealth.StartAsync(settings, settings.Cluster.HealthPort, runtime, cancellation);
            using var queue = await runtime.OpenQueueAsync(cancellation);
            health.Watch(queue);
            var worker = new JobWorker(queue, [work], runtime.Clock, runtime.Loggers);
            await ClusterRuntime.RunAllAsync(cancellation, runtime.Clock.RunAsync, worker.RunAsync);
            return ExitCode.Success;
        }));
        return command;
    }
}
