using System.Runtime.CompilerServices;

namespace AiOutliers.Monitoring.Entities;

/// <summary>What the state of a monitor's entities looks like. State of another layout is of no use.</summary>
/// <param name="Step">The width of a bucket, in milliseconds.</param>
/// <param name="Buckets">How many are kept.</param>
/// <param name="Metrics">The metrics, one series each.</param>
/// <param name="By">The dimensions.</param>
internal sealed record EntityLayout(long Step, int Buckets, IReadOnlyList<string> Metrics, IReadOnlyList<string> By)
{
    private const long Day = 86_400_000;

    public int BucketsPerDay => (int)(Day / Step);

    /// <summary>What an entity takes, without its key.</summary>
    public long BytesOfEntity =>
        (long)Metrics.Count * (sizeof(ushort) * Buckets + Unsafe.SizeOf<SeriesSummary>()) + Unsafe.SizeOf<EntityTimes>();

    /// <summary>The number of the bucket that a time lies in.</summary>
    public uint BucketOf(long time) => (uint)(time / Step);

    public bool IsSame(EntityLayout other) =>
        (Step, Buckets) == (other.Step, other.Buckets) && Metrics.SequenceEqual(other.Metrics) && By.SequenceEqual(other.By);

    public long TimeOf(uint bucket) => bucket * Step;
}
