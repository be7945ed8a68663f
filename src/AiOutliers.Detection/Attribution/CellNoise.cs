using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Attribution;

/// <summary>
/// The noise of single cells, from witnesses: those that moved against the incident. Relative noise falls with size, so the witnesses are
/// put into bins of equal number by size, their scales are made to fall, and every cell gets what its size says.
/// </summary>
internal static class CellNoise
{
    private const int FewWitnesses = 20;
    private const int WitnessesPerBin = 50;
    private const int MostBins = 20;
    private const double Least = 0.01;

    /// <summary>So few say little: at least this.</summary>
    private const double LeastOfFew = 0.05;

    /// <summary>The median of |x| of a normal distribution with σ = 1.</summary>
    public const double HalfNormalMedian = 0.6745;

    /// <summary>Sizes below it have no logarithm that helps.</summary>
    private const double LeastSize = 1e-12;

    private const double LargestTail = 3;

    /// <summary>Witnesses beyond a quantile that are needed to see it.</summary>
    private const int BeyondTail = 5;

    /// <summary>Quantiles of |x|, and where they lie in a normal distribution with σ = 1.</summary>
    private static readonly (double Share, double Normal)[] Tails = [(0.99, 2.5758), (0.999, 3.2905)];

    /// <param name="moves">Per cell: x, its relative move in the direction of the incident, from −1 to 1.</param>
    /// <param name="sizes">Per cell: the larger of what was seen and expected.</param>
    /// <returns>σ per cell.</returns>
    public static double[] Of(double[] moves, double[] sizes)
    {
        var witnesses = Witnesses(moves, sizes);
        if (witnesses.Length < FewWitnesses)
        {
            var scale = OrderStatistics.Median(Array.ConvertAll(moves, Math.Abs)) / HalfNormalMedian;
            return [.. Enumerable.Repeat(Math.Max(scale, LeastOfFew), moves.Length)];
        }
        var (at, scales) = Bins(witnesses, moves, sizes);
        FallingCurve.MakeFalling(scales);
        var sigma = Array.ConvertAll(sizes,
            size => Math.Max(FallingCurve.At(at, scales, Math.Log(Math.Max(size, LeastSize))), Least));
        var tail = Tail(witnesses, moves, sigma);
        return tail == 1 ? sigma : Array.ConvertAll(sigma, own => own * tail);
    }

    /// <summary>The cells that moved against the incident, by size; equal ones in their order.</summary>
    private static int[] Witnesses(double[] moves, double[] sizes)
    {
        var rows = Enumerable.Range(0, moves.Length).Where(row => moves[row] < 0).ToArray();
        var keys = Array.ConvertAll(rows, row => sizes[row]);
        Array.Sort(keys, rows);
        for (var (from, to) = (0, 0); from < rows.Length; from = to)
        {
            while (to < rows.Length && keys[to] == keys[from])
                to++;
            if (to - from > 1)
                Array.Sort(rows, from, to - from);
        }
        return rows;
    }

    private static (double[] At, double[] Scales) Bins(int[] witnesses, double[] moves, double[] sizes)
    {
        var count = witnesses.Length;
        var bins = Math.Clamp(count / WitnessesPerBin, 1, MostBins);
        var (at, scales) = (new double[bins], new double[bins]);
        for (var bin = 0; bin < bins; bin++)
        {
            var own = witnesses[(int)((long)bin * count / bins)..(int)((long)(bin + 1) * count / bins)];
            at[bin] = Math.Log(Math.Max(OrderStatistics.Median(Array.ConvertAll(own, row => sizes[row])), LeastSize));
            scales[bin] = OrderStatistics.Median(Array.ConvertAll(own, row => -moves[row])) / HalfNormalMedian;
        }
        return (at, scales);
    }

    /// <summary>How much heavier the witnesses' tail is than a normal one; 1 where it is not, or cannot be seen.</summary>
    private static double Tail(int[] witnesses, double[] moves, double[] sigma)
    {
        var sizes = Array.ConvertAll(witnesses, row => -moves[row] / sigma[row]);
        Array.Sort(sizes);
        var tail = 1.0;
        foreach (var (share, normal) in Tails)
        {
            if (sizes.Length * (1 - share) >= BeyondTail)
                tail = Math.Max(tail, sizes[(int)Math.Ceiling(share * sizes.Length) - 1] / normal);
        }
        return Math.Min(tail, LargestTail);
    }
}
