using System.Collections.Concurrent;
using System.Numerics;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// e^(−2πi·k/N) for k below N, N a power of two. The tables of usual sizes are kept, 16 bytes times N each: 4 MB for a series of
/// 150,000 points.
/// </summary>
internal sealed class RootsOfUnity
{
    private static readonly ConcurrentDictionary<int, RootsOfUnity> Known = new();

    // A series of half a million points; beyond, making the table is little against the rest.
    private const int MostKept = 1 << 20;

    private readonly double[] _re;
    private readonly double[] _im;

    private RootsOfUnity(int order)
    {
        Order = order;
        _re = new double[order];
        _im = new double[order];
        for (var k = 0; k < order; k++)
            (_im[k], _re[k]) = Math.SinCos(-2 * Math.PI * k / order);
    }

    public int Order { get; }

    public (double Re, double Im) this[int k] => (_re[k], _im[k]);

    public static RootsOfUnity OfOrder(int order)
    {
        if (!BitOperations.IsPow2(order))
            throw new ArgumentOutOfRangeException(nameof(order), order, "not a power of two");
        return order > MostKept ? new(order) : Known.GetOrAdd(order, static size => new(size));
    }
}
