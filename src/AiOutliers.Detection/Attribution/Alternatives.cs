namespace AiOutliers.Detection.Attribution;

/// <summary>Other candidates: the best elements of all cuboids, and among the first of them rivals that exclude one another.</summary>
internal static class Alternatives
{
    private const int PerCuboid = 6;
    private const int Most = 10;

    /// <summary>A rival has to exclude so many candidates at most: those before it.</summary>
    private const int Rivals = 4;

    public static List<AlternativeElement> Of(CellSearch search)
    {
        var left = search.Cuboids.SelectMany((cuboid, at) => Candidates(search, cuboid, at))
            .OrderByDescending(static one => one.Score)
            .ThenBy(static one => one.Cuboid.Layer)
            .ThenBy(static one => one.At)
            .ThenBy(static one => one.Rank)
            .Select(one => new AlternativeElement(one.Cuboid.Where(search.Cells, one.Element), one.Score))
            .ToList();
        var found = new List<AlternativeElement>();
        while (left.Count > 0 && found.Count < Most)
        {
            Move(left, 0, found);
            var rival = found.Count < Rivals ? left.FindIndex(one => found.TrueForAll(other => Exclude(one, other))) : 0;
            if (rival >= 0 && rival < left.Count)
                Move(left, rival, found);
        }
        return found;
    }

    private static IEnumerable<(Cuboid Cuboid, int At, int Rank, int Element, double Score)> Candidates(
        CellSearch search, Cuboid cuboid, int at)
    {
        var ranking = new Ranking(search.Cells, cuboid, PerCuboid);
        foreach (var element in search.Movers(cuboid, search.LeastOfShare))
        {
            if (search.Share(cuboid, element) >= search.Options.LeastShare
                && search.Value(cuboid, cuboid.Actual[element], cuboid.Expected[element]) is > 0 and var value
                && cuboid.IsListed(search.Cells, element))
                ranking.Add(element, value);
        }
        return ranking.Items.Select((item, rank) => (cuboid, at, rank, item.Element, item.Value * cuboid.LayerFactor));
    }

    /// <summary>Whether no cell can lie in both: they differ in the value of a dimension.</summary>
    private static bool Exclude(AlternativeElement one, AlternativeElement other) =>
        one.Where.Any(part => other.Where.Any(own => own.Dimension == part.Dimension && own.Value != part.Value));

    private static void Move(List<AlternativeElement> from, int at, List<AlternativeElement> to)
    {
        to.Add(from[at]);
        from.RemoveAt(at);
    }
}
