using System.Globalization;
using AiOutliers.Cluster.Clock;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Registration;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Service.Options;
using AiOutliers.Service.Training;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Service.Hosting;

/// <summary>What the configuration connects this process to, and one small question to each.</summary>
internal static class Neighbours
{
    public static IEnumerable<Neighbour> Of(Settings settings)
    {
        var cluster = settings.Cluster;
        if (settings.DruidEndpoint is not null)
            yield return new("data source", token => DataAsync(settings, token));
        if (cluster.S3 is not null)
            yield return new("S3", token => StoreAsync(settings, token));
        if (cluster.Queue.Redis is not null)
            yield return new("Redis", _ => Task.Run(() => Queue(cluster.Queue)));
        if (cluster.Consul is { } consul)
            yield return new("Consul", token => ConsulAsync(consul, token));
        if (cluster.NtpServer is { } server)
            yield return new("NTP", token => TimeAsync(server, token));
    }

    private static async Task<string> DataAsync(Settings settings, CancellationToken cancellation)
    {
        var source = DataSource.Open(settings)!;
        var name = settings.Engine.Traffic.DataSource;
        using (source as IDisposable)
        {
            return await TimeBoundary.FirstAsync(source, DataSourceSpec.Table(name), cancellation) is { } first
                ? $"answers; {name} begins at {TimeOf(first)}"
                : $"answers; it has no rows of {name}";
        }
    }

    private static async Task<string> StoreAsync(Settings settings, CancellationToken cancellation)
    {
        var models = await ClusterRuntime.OpenStore(settings, TimeProvider.System).ListAsync(cancellation);
        return $"answers; models in the bucket: {models.Count}";
    }

    private static string Queue(QueueSettings settings)
    {
        using var queue = JobQueue.Open(settings, JobKinds.All, NullLoggerFactory.Instance);
        return string.Join(" ", queue.Warnings.Prepend("answers"));
    }

    private static async Task<string> ConsulAsync(ConsulSettings settings, CancellationToken cancellation)
    {
        using var registration = new ConsulRegistration(settings, TimeProvider.System, NullLogger<ConsulRegistration>.Instance);
        await registration.PingAsync(cancellation);
        return "answers";
    }

    private static async Task<string> TimeAsync(string server, CancellationToken cancellation)
    {
        var reply = await new NetworkClock(server, TimeProvider.System, NullLogger<NetworkClock>.Instance).AskAsync(cancellation);
        return reply.Kind == SntpReplyKind.Time
            ? string.Create(CultureInfo.InvariantCulture, $"answers; this machine's clock is off by {reply.Offset.TotalSeconds:0.000} s")
            : throw new AiOutliersException(ErrorKind.ClusterFailed, reply.Reason);
    }

    private static string TimeOf(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
