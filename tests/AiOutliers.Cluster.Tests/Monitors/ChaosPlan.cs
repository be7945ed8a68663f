namespace AiOutliers.Cluster.Tests.Monitors;

/// <param name="Seconds">How long processes are killed.</param>
/// <param name="Monitors">How many monitors.</param>
/// <param name="Hosts">Entities of each.</param>
/// <param name="Bucket">The width of a bucket, in seconds.</param>
/// <param name="Nodes">Processes.</param>
internal sealed record ChaosPlan(int Seconds, int Monitors, int Hosts, int Bucket, int Nodes)
{
    /// <summary>
    /// Short by default; AIOUTLIERS_MONITOR_CHAOS asks for another: seconds, monitors, hosts, seconds of a bucket (bench/monitors.sh takes
    /// 600,20,500,10).
    /// </summary>
    public static ChaosPlan Read()
    {
        var numbers = (Environment.GetEnvironmentVariable("AIOUTLIERS_MONITOR_CHAOS") ?? "10,2,12,1").Split(',').Select(int.Parse).ToList();
        return new(numbers[0], numbers[1], numbers[2], numbers[3], 3);
    }
}
