using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Attribution;

/// <summary>
/// What stands out although the total does not show it: elements beyond all noise, against what the bulk of all values did, in whichever
/// direction. A total moves by itself; a value that vanished is gone even while the rest rose by more.
/// </summary>
internal sealed class SecondLook
{
    /// <summary>In units of what the choice among all elements of a cuboid costs: noise seldom has 1.</summary>
    private const double Clearly = 3;

    /// <summary>The least that such an element moves, as a share of all that was expected.</summary>
    private const double LeastMove = 0.005;

    private readonly CellSearch _search;
    private readonly double _bulk;
    private readonly double _leastMove;

    private SecondLook(CellSearch search, double bulk) =>
        (_search, _bulk, _leastMove) = (search, bulk, LeastMove * search.Expected.Sum());

    public static bool IsClear(CellSearch search, Cuboid cuboid, double actual, double expected) =>
        search.Surprise(cuboid, actual, expected) > Clearly * cuboid.Penalty;

    /// <summary>In the direction that has the best element; in that of the incident where its detector says it.</summary>
    public static List<AttributedElement> Run(CellSearch search)
    {
        var bulk = Bulk.Ratio(search);
        double[] signs = search.Options.Direction == Direction.Both ? [search.Sign, -search.Sign] : [search.Sign];
        var looks = signs.Select(sign => new SecondLook(search.Toward(sign), bulk)).ToArray();
        return looks.Select(static look => (Look: look, Best: look.Best())).MaxBy(static one => one.Best?.Score ?? 0).Look.Found();
    }

    private List<AttributedElement> Found()
    {
        var found = new List<AttributedElement>();
        while (found.Count < _search.Options.MostElements && Best() is { } best)
            found.AddRange(best.Elements.Select(element => TakenElement.Of(_search, best, element, double.NegativeInfinity)!));
        return [.. found.Where(element => Math.Abs(element.Share) >= _search.Options.LeastShare).Take(_search.Options.MostElements)];
    }

    private Pick? Best() => Pick.Best(_search, Eligible);

    private Ranking Eligible(Cuboid cuboid)
    {
        var ranking = new Ranking(_search.Cells, cuboid, Pick.MostAtOnce);
        foreach (var element in _search.Movers(cuboid, (1 - 1e-9) * _leastMove, _bulk))
        {
            var (actual, expected) = (cuboid.Actual[element], _bulk * cuboid.Expected[element]);
            if (_search.Sign * (actual - expected) < _leastMove || !cuboid.IsListed(_search.Cells, element))
                continue;
            if (IsClear(_search, cuboid, actual, expected))
                ranking.Add(element, _search.ScoreOf(actual, expected) - cuboid.Penalty * _search.Overdispersion);
        }
        return ranking;
    }
}
