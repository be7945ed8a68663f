using System.Numerics.Tensors;

namespace AiOutliers.Detection.Attribution;

/// <summary>
/// The search over dense cells: the element and shift with the largest sum of gains, again and again; each claims the cells that follow it.
/// </summary>
internal sealed class DenseSearch
{
    private const int MostElements = 30;

    /// <summary>160 MB of sums. Cuboids of more dimensions are left out where there would be more.</summary>
    private const int MostSums = 1_000_000;

    /// <summary>A later cuboid must be better by more than rounding.</summary>
    public const double Better = 1e-6;

    private readonly CellSearch _search;
    private readonly double[] _moves;
    private readonly double[] _sigma;
    private readonly bool[] _claimed;
    private readonly DenseCuboid[] _cuboids;

    /// <param name="search">The cells, with the common shift in what was expected.</param>
    /// <param name="moves">Per cell: x.</param>
    /// <param name="sigma">Per cell: its noise.</param>
    public DenseSearch(CellSearch search, double[] moves, double[] sigma)
    {
        (_search, _moves, _sigma, _claimed) = (search, moves, sigma, new bool[moves.Length]);
        var elements = 0;
        _cuboids = [.. search.Cuboids.TakeWhile(own => (elements += own.Count) <= MostSums).Select(static own => new DenseCuboid(own))];
        for (var at = _cuboids.Length - 1; at >= 0; at--)
            Fill(_cuboids[at]);
        Array.ForEach(_cuboids, static own => own.Rate());
    }

    public List<AttributedElement> Run()
    {
        var found = new List<AttributedElement>();
        while (found.Count < MostElements && Best() is { } best)
        {
            var (dense, element, score) = DenseParts.Of(_cuboids, best);
            var shift = ShiftGain.Shift(TensorPrimitives.IndexOfMax(dense.Sums(element)));
            var rows = dense.RowsOf(element);
            var claimed = Array.FindAll(rows, row => !_claimed[row] && Follows(row, shift));
            if (claimed.Length > 0)
                found.Add(Element(dense.Cuboid, element, score, rows, claimed));
            Claim(claimed);
            // A cell that lags behind is of the same cause, and must not be told as another one.
            Claim(Array.FindAll(rows, row => !_claimed[row] && _moves[row] > 0 && _moves[row] <= 2 * shift));
            dense.Exclude(element);
        }
        return found;
    }

    /// <summary>From the smallest finer cuboid that is filled, where there is one; else from the cells.</summary>
    private void Fill(DenseCuboid target)
    {
        var keys = target.Cuboid.Keys;
        var finer = _cuboids.Where(own => own.HasOneMoreThan(target)).MinBy(static own => own.Cuboid.Count);
        if (finer is not null)
        {
            for (var part = 0; part < finer.Cuboid.Count; part++)
                target.Add(keys[finer.Cuboid.FirstRow[part]], finer.Sums(part));
            return;
        }
        Span<double> gains = stackalloc double[ShiftGain.Grid];
        for (var row = 0; row < keys.Length; row++)
        {
            ShiftGain.Of(_moves[row], _sigma[row], gains);
            target.Add(keys[row], gains);
        }
    }

    private DensePick? Best()
    {
        DensePick? best = null;
        foreach (var cuboid in _cuboids)
        {
            var (element, sum) = cuboid.Best(_search.Cells);
            if (!(sum - cuboid.Penalty <= best?.Score + Better))
                best = new(cuboid, element, sum - cuboid.Penalty);
        }
        return best?.Score > 0 ? best : null;
    }

    /// <summary>Whether a cell speaks for the shift, or lies between half and twice of it.</summary>
    private bool Follows(int row, double shift)
    {
        Span<double> gains = stackalloc double[ShiftGain.Grid];
        ShiftGain.Of(_moves[row], _sigma[row], gains);
        return gains[(int)Math.Round(shift / 0.05) - 1] > 0 || _moves[row] >= 0.5 * shift && _moves[row] <= 2 * shift;
    }

    private void Claim(int[] rows)
    {
        Span<double> gains = stackalloc double[ShiftGain.Grid];
        foreach (var row in rows)
        {
            _claimed[row] = true;
            ShiftGain.Of(_moves[row], _sigma[row], gains);
            foreach (var cuboid in _cuboids)
                cuboid.Subtract(cuboid.Cuboid.Keys[row], gains);
        }
    }

    private AttributedElement Element(Cuboid cuboid, int element, double score, int[] rows, int[] claimed) => new(
        cuboid.Where(_search.Cells, element),
        rows.Sum(row => _search.Cells.Actual[row]),
        rows.Sum(row => _search.Expected[row]),
        claimed.Sum(row => _search.Cells.Actual[row] - _search.Expected[row]) / _search.Deviation,
        score,
        []);
}
