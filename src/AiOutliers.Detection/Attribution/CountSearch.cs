namespace AiOutliers.Detection.Attribution;

/// <summary>
/// The search over sparse cells: again and again the best explanation, one to three elements of one cuboid, until enough is explained. The
/// gate divides the score by the element's own overdispersion: it decides whether. The rank is the score, which is mass: it decides which.
/// </summary>
internal sealed class CountSearch(CellSearch search)
{
    /// <summary>A later cuboid must be better by more than rounding.</summary>
    public const double Better = 1 + 1e-9;

    private const int MostAtOnce = 3;

    /// <summary>One element more must raise the score by 18 %.</summary>
    private const double ElementFactor = 0.85;

    /// <summary>A value that holds so much of an element is told with it.</summary>
    private const double Refined = 0.9;

    private readonly CellTable _cells = search.Cells;
    private readonly double _leastMove = search.Options.LeastMove * search.Expected.Sum();

    /// <param name="explained">What is explained already: the common shift.</param>
    public List<AttributedElement> Run(double explained)
    {
        var found = new List<AttributedElement>();
        while (found.Count < search.Options.MostElements && explained < search.Options.Enough && Best() is { } best)
        {
            var (cuboid, elements) = best.Elements is [var single]
                ? Tightening.Of(search, best.Cuboid, single)
                : (best.Cuboid, best.Elements);
            var before = found.Count;
            foreach (var element in elements)
            {
                if (Emit(cuboid, element, best.Score) is not { } one)
                    continue;
                found.Add(one);
                explained += one.Share;
            }
            if (found.Count == before)
                break;
        }
        return [.. found.Take(search.Options.MostElements)];
    }

    private (Cuboid Cuboid, int[] Elements, double Score)? Best()
    {
        (Cuboid Cuboid, int[] Elements, double Score)? best = null;
        foreach (var cuboid in search.Cuboids)
        {
            var (items, sum) = (Eligible(cuboid).Items, 0.0);
            for (var count = 0; count < items.Count; count++)
            {
                // Naming most values of a dimension says nothing.
                if (items[count].Value <= 0 || count > 0 && 2 * (count + 1) > cuboid.Count)
                    break;
                sum += items[count].Value;
                var score = sum * CellSearch.LayerFactor(cuboid) * Math.Pow(ElementFactor, count);
                if (!(score <= best?.Score * Better))
                    best = (cuboid, [.. items.Take(count + 1).Select(static item => item.Element)], score);
            }
        }
        return best;
    }

    private Ranking Eligible(Cuboid cuboid)
    {
        var ranking = new Ranking(_cells, cuboid, MostAtOnce);
        for (var element = 0; element < cuboid.Count; element++)
        {
            var (actual, expected) = (cuboid.Actual[element], cuboid.Expected[element]);
            if (!((actual - expected) / search.Deviation >= search.Options.LeastShare) || Math.Abs(actual - expected) < _leastMove)
                continue;
            var raw = search.Score(cuboid, element);
            if (raw / (search.Overdispersion + cuboid.Noise * expected) > cuboid.Penalty && cuboid.IsListed(_cells, element))
                ranking.Add(element, raw - cuboid.Penalty * search.Overdispersion);
        }
        return ranking;
    }

    /// <summary>Null where too little of the element is left.</summary>
    private AttributedElement? Emit(Cuboid cuboid, int element, double score)
    {
        var rows = search.RowsOf(cuboid, element);
        var share = rows.Sum(row => _cells.Actual[row] - search.Expected[row]) / search.Deviation;
        if (share < search.Options.LeastShare)
            return null;
        var (actual, expected) = (0.0, 0.0);
        for (var row = 0; row < _cells.Rows; row++)
        {
            if (cuboid.Keys[row] != element)
                continue;
            actual += _cells.Actual[row];
            expected += _cells.Expected[row];
        }
        var one = new AttributedElement(
            cuboid.Where(_cells, element), actual, expected, share, score, [.. Refinements(cuboid, rows)]);
        search.Take(rows);
        return one;
    }

    private IEnumerable<ElementRefinement> Refinements(Cuboid cuboid, int[] rows)
    {
        var moves = Array.ConvertAll(rows, row => Math.Max(search.Sign * (_cells.Actual[row] - search.Expected[row]), 0));
        for (var dimension = 0; dimension < _cells.Dimensions.Count; dimension++)
        {
            if (cuboid.Dimensions.Contains(dimension))
                continue;
            var sums = new double[_cells.Values[dimension].Length];
            for (var at = 0; at < rows.Length; at++)
                sums[_cells.Codes[dimension][rows[at]]] += moves[at];
            var (all, most) = (sums.Sum(), sums.Max());
            var value = Array.IndexOf(sums, most);
            if (all > 0 && most >= Refined * all)
                yield return new(_cells.Dimensions[dimension], _cells.Values[dimension][value], most / all);
        }
    }
}
