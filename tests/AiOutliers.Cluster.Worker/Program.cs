using System.Runtime.InteropServices;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using AiOutliers.Druid.Client;
using AiOutliers.Engine;
using AiOutliers.Models.Store;
using AiOutliers.Service.Options;
using AiOutliers.Service.Training;

var options = WorkerOptions.Parse(args[0]);
using var stop = new CancellationTokenSource();
using var asked = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});
using var loggers = new ConsoleLoggers();
var settings = new QueueSettings
{
    Redis = new("127.0.0.1", options.Redis, null),
    Lease = TimeSpan.FromSeconds(options.LeaseSeconds),
    Grace = TimeSpan.FromSeconds(options.GraceSeconds),
    Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)],
};
using var queue = JobQueue.Open(settings, TestJobs.Kinds, loggers);
using var objects = new S3ObjectStore(new(new Uri(options.S3), options.Key, options.Secret, "us-east-1", options.Bucket) { RequestLimit = TimeSpan.FromSeconds(5) });
ITrainingWork work = options.Druid is null
    ? new TimedWork(options)
    : new JournaledTraining(new TrainingWork(SettingsReader.Read(path: null, testing: false, DetectorCatalog.Names), new BrokerClient(new Uri(options.Druid)), TimeProvider.System), options);
await new JobWorker(queue, [new TrainingJobs(work, new ModelStore(objects, TimeProvider.System))], TimeProvider.System, loggers).RunAsync(stop.Token);
