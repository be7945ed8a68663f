using System.Buffers;

namespace AiOutliers.Druid.Client;

/// <summary>
/// Buffers for whole bodies. Those of everyday size are pooled; larger ones go back to the system, since the pool would hold on to them.
/// </summary>
public static class BodyBuffers
{
    /// <summary>Several days at one minute with all metrics; a day is 0.75 MB.</summary>
    private const int LargestPooled = 4 * 1024 * 1024;

    /// <summary>From here on, waiting for the collector's own time would leave the process at a multiple of what it needs.</summary>
    private const int Huge = 32 * 1024 * 1024;

    /// <summary>The shared pool keeps 32 of a size for each processor: 128 MB of the largest, after one attack.</summary>
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(LargestPooled, maxArraysPerBucket: 4);

    public static byte[] Rent(int size) =>
        size <= LargestPooled ? Pool.Rent(size) : GC.AllocateUninitializedArray<byte>(size);

    public static void Return(byte[] buffer)
    {
        if (buffer.Length is > 0 and <= LargestPooled)
            Pool.Return(buffer);
        else if (buffer.Length >= Huge)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }
}
