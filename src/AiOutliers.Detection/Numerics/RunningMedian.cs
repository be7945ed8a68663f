using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Numerics;

/// <summary>The median of the window of odd width w around each point, or of any width before it, cut at the ends of the series.</summary>
internal static class RunningMedian
{
    private const int Lanes = 4;

    /// <summary>What <see cref="OfLast"/> takes from its scratch.</summary>
    public static int ScratchLength(int width) => 2 * Padded(width);

    /// <summary>Around each point; w is odd.</summary>
    public static void Of(ReadOnlySpan<double> x, int width, Span<double> result, Scratch scratch) =>
        OfLast(x, width, width / 2 + 1, result[..x.Length], scratch);

    /// <summary>
    /// The median of x[e − w..e), of what there is of it, for each end e. Keeps the window sorted. One step drops the value that leaves
    /// and adds the one that enters, in one pass without branches: with t the window without the old value v, tⱼ = sⱼ if sⱼ &lt; v
    /// else sⱼ₊₁, the new window is max(tⱼ₋₁, min(new, tⱼ)).
    /// </summary>
    /// <param name="firstEnd">The first e, at least 1.</param>
    /// <param name="result">One median for each e from there on, at most up to n + w − 1.</param>
    public static void OfLast(ReadOnlySpan<double> x, int width, int firstEnd, Span<double> result, Scratch scratch)
    {
        var sorted = scratch.Take(Padded(width));
        var next = scratch.Take(Padded(width));
        // −∞ before the window and ∞ behind it, so that adding and dropping are exchanges too.
        sorted.Fill(double.PositiveInfinity);
        next.Fill(double.PositiveInfinity);
        sorted[0] = next[0] = double.NegativeInfinity;
        var count = 0;
        for (var end = 1; end < firstEnd + result.Length; end++)
        {
            var entering = end <= x.Length ? x[end - 1] : double.PositiveInfinity;
            var leaving = end > width ? x[end - 1 - width] : double.PositiveInfinity;
            count += (end <= x.Length ? 1 : 0) - (end > width ? 1 : 0);
            Exchange(sorted, next, leaving, entering);
            var swap = sorted;
            sorted = next;
            next = swap;
            if (end >= firstEnd)
                result[end - firstEnd] = (sorted[1 + (count - 1) / 2] + sorted[1 + count / 2]) / 2;
        }
    }

    /// <summary>The same for w = 7, four points at a time.</summary>
    public static void Of7(ReadOnlySpan<double> x, Span<double> result)
    {
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(result[..x.Length]);
        var last = Math.Max(x.Length - 3, 3);
        var i = 3;
        for (; i + Lanes <= last; i += Lanes)
        {
            Of7Values(
                Load(ref first, i - 3), Load(ref first, i - 2), Load(ref first, i - 1),
                Load(ref first, i), Load(ref first, i + 1), Load(ref first, i + 2),
                Load(ref first, i + 3)).StoreUnsafe(ref target, (nuint)i);
        }
        for (var edge = 0; edge < Math.Min(3, x.Length); edge++)
            result[edge] = Cut(x, edge);
        for (; i < x.Length; i++)
            result[i] = Cut(x, i);

        static Vector256<double> Load(ref double first, int at) => Vector256.LoadUnsafe(ref first, (nuint)at);
    }

    private static double Cut(ReadOnlySpan<double> x, int centre)
    {
        var start = Math.Max(centre - 3, 0);
        var length = Math.Min(centre + 4, x.Length) - start;
        Span<double> window = stackalloc double[7];
        window = window[..length];
        x.Slice(start, length).CopyTo(window);
        return OrderStatistics.Median(window);
    }

    /// <summary>
    /// Forgetful selection: of any five of the seven, neither the least nor the greatest is their median; then the same with the next
    /// value.
    /// </summary>
    private static Vector256<double> Of7Values(
        Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d,
        Vector256<double> e, Vector256<double> f, Vector256<double> g)
    {
        // Least of five into a, greatest into e; both are forgotten.
        Order(ref a, ref b);
        Order(ref d, ref e);
        Order(ref a, ref d);
        Order(ref b, ref e);
        Order(ref a, ref c);
        Order(ref c, ref e);
        // b, c, d and f: the least into b, the greatest into f.
        Order(ref b, ref c);
        Order(ref d, ref f);
        Order(ref b, ref d);
        Order(ref c, ref f);
        // The median of c, d and g.
        Order(ref c, ref d);
        return Vector256.MaxNative(c, Vector256.MinNative(d, g));
    }

    private static void Order(ref Vector256<double> low, ref Vector256<double> high) =>
        (low, high) = (Vector256.MinNative(low, high), Vector256.MaxNative(low, high));

    /// <summary>Whole vectors, a value before them and one behind.</summary>
    private static int Padded(int width) => (width + Lanes - 1) / Lanes * Lanes + 2;

    private static void Exchange(ReadOnlySpan<double> sorted, Span<double> next, double leaving, double entering)
    {
        ref var s = ref MemoryMarshal.GetReference(sorted);
        ref var u = ref MemoryMarshal.GetReference(next);
        var old = Vector256.Create(leaving);
        var value = Vector256.Create(entering);
        for (var j = 1; j + Lanes < sorted.Length; j += Lanes)
        {
            var before = Vector256.LoadUnsafe(ref s, (nuint)(j - 1));
            var at = Vector256.LoadUnsafe(ref s, (nuint)j);
            var after = Vector256.LoadUnsafe(ref s, (nuint)(j + 1));
            var low = Vector256.ConditionalSelect(Vector256.LessThan(before, old), before, at);
            var high = Vector256.ConditionalSelect(Vector256.LessThan(at, old), at, after);
            Vector256.MaxNative(low, Vector256.MinNative(value, high)).StoreUnsafe(ref u, (nuint)j);
        }
    }
}
