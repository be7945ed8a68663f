namespace AiOutliers.Detection.Attribution;

/// <summary>
/// The search over sparse cells: again and again the best explanation, one to three elements of one cuboid, until enough is explained. The
/// gate divides the score by the element's own overdispersion: it decides whether. The rank is the score, which is mass: it decides which.
/// </summary>
internal sealed class CountSearch(CellSearch search)
{
    private readonly List<AttributedElement> _found = [];
    private readonly double _leastMove = search.Options.LeastMove * search.Expected.Sum();

    /// <summary>The share of the deviation that what is left has in common.</summary>
    public double Outside { get; private set; }

    /// <summary>Whether one of the elements is beyond all noise, however little the total moved.</summary>
    public bool HasClear { get; private set; }

    /// <param name="outside">The share that is explained already: the common shift.</param>
    public List<AttributedElement> Run(double outside)
    {
        Outside = outside;
        while (_found.Count < search.Options.MostElements && Explained < search.Options.Enough)
        {
            if (_found.Count > 0)
                ShiftRest();
            if (Explained >= search.Options.Enough || Pick.Best(search, Eligible) is not { } best || !Take(best))
                break;
        }
        return [.. _found.Take(search.Options.MostElements)];
    }

    private double Explained => Outside + _found.Sum(static element => element.Share);

    /// <summary>Without the elements found, all that is left may have a shift in common that they hid.</summary>
    private void ShiftRest()
    {
        var shift = Bulk.Shift(search);
        if (shift < CommonShift.Least)
            return;
        var factor = CommonShift.Factor(shift, search.Sign);
        Outside += (factor - 1) * search.Cuboids[0].Expected.Sum() / search.Deviation;
        search.Expect(factor);
    }

    private Ranking Eligible(Cuboid cuboid)
    {
        var ranking = new Ranking(search.Cells, cuboid, Pick.MostAtOnce);
        foreach (var element in search.Movers(cuboid, Math.Max(search.LeastOfShare, (1 - 1e-9) * _leastMove)))
        {
            var (actual, expected) = (cuboid.Actual[element], cuboid.Expected[element]);
            if (!((actual - expected) / search.Deviation >= search.Options.LeastShare) || Math.Abs(actual - expected) < _leastMove)
                continue;
            var raw = search.ScoreOf(actual, expected);
            if (raw / (search.Overdispersion + cuboid.Noise * expected) > cuboid.Penalty && cuboid.IsListed(search.Cells, element)
                && search.Surprise(cuboid, actual, expected) > cuboid.Penalty)
                ranking.Add(element, raw - cuboid.Penalty * search.Overdispersion);
        }
        return ranking;
    }

    /// <summary>False where too little is left of all elements.</summary>
    private bool Take(Pick pick)
    {
        var before = _found.Count;
        foreach (var element in pick.Elements)
        {
            var isClear = SecondLook.IsClear(search, pick.Cuboid, pick.Cuboid.Actual[element], pick.Cuboid.Expected[element]);
            if (TakenElement.Of(search, pick, element, search.Options.LeastShare) is not { } one)
                continue;
            _found.Add(one);
            HasClear |= isClear;
        }
        return _found.Count > before;
    }
}
