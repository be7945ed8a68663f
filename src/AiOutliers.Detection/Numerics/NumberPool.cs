using System.Buffers;
using System.Collections.Concurrent;
using System.Numerics;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Arrays that wait for the next computation. Large ones are held weakly: a full collection takes those that nobody uses, so the memory
/// of long series goes back to the system when nothing is asked.
/// </summary>
internal static class NumberPool
{
    /// <summary>
    /// 64 kB: the shared pool would keep one of each size for every thread that ever needed one, and more for each processor.
    /// </summary>
    private const int Large = 8192;

    /// <summary>Of each size.</summary>
    private static readonly int MostKept = 2 * Environment.ProcessorCount;

    /// <summary>By the logarithm of their size.</summary>
    private static readonly ConcurrentBag<WeakReference<double[]>>[] Free = [.. Enumerable.Range(0, 31).Select(static _ => Empty())];

    /// <summary>An array of at least <paramref name="length"/> numbers, which are undefined.</summary>
    public static double[] Rent(int length)
    {
        if (length <= Large)
            return ArrayPool<double>.Shared.Rent(length);
        var size = SizeOf(length);
        while (Free[size].TryTake(out var kept))
        {
            if (kept.TryGetTarget(out var array))
                return array;
        }
        return GC.AllocateUninitializedArray<double>(1 << size);
    }

    public static void Return(double[] array)
    {
        if (array.Length <= Large)
            ArrayPool<double>.Shared.Return(array);
        else if (Free[SizeOf(array.Length)] is { } free && free.Count < MostKept)
            free.Add(new(array));
    }

    private static int SizeOf(int length) => BitOperations.Log2((uint)length - 1) + 1;

    private static ConcurrentBag<WeakReference<double[]>> Empty() => [];
}
