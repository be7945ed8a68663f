namespace AiOutliers.Detection.Attribution;

/// <summary>
/// Takes out the best elements of any cuboids, one after the other, as if there were no common shift. It works on sums of its own, of those
/// elements only that may be the best; the search is left as it is.
/// </summary>
internal sealed class TrialSearch
{
    private readonly CellSearch _search;
    private readonly bool[] _taken;
    private readonly Part[] _parts;
    private readonly int[] _places;

    public TrialSearch(CellSearch search)
    {
        (_search, _taken) = (search, new bool[search.Cells.Rows]);
        _parts = Array.ConvertAll(search.Cuboids, cuboid => new Part(cuboid, search.Movers(cuboid, search.LeastOfShare)));
        _places = new int[search.Cuboids.Max(static cuboid => cuboid.Count)];
    }

    /// <summary>The sums of what is taken out next; null where nothing has the least share.</summary>
    public (double Actual, double Expected)? Next()
    {
        if (Best() is not var (cuboid, element))
            return null;
        var rows = cuboid.RowsOf(element, _taken);
        foreach (var row in rows)
            _taken[row] = true;
        foreach (var part in _parts)
            Subtract(part, rows);
        return (rows.Sum(row => _search.Cells.Actual[row]), rows.Sum(row => _search.Cells.Expected[row]));
    }

    private (Cuboid Cuboid, int Element)? Best()
    {
        (Cuboid Cuboid, int Element, double Score)? best = null;
        foreach (var (cuboid, elements, actual, expected) in _parts)
        {
            var ranking = new Ranking(_search.Cells, cuboid, 1);
            for (var at = 0; at < elements.Length; at++)
            {
                if ((actual[at] - expected[at]) / _search.Deviation >= _search.Options.LeastShare
                    && cuboid.IsListed(_search.Cells, elements[at]))
                    ranking.Add(elements[at], _search.Value(cuboid, actual[at], expected[at]) * cuboid.LayerFactor);
            }
            if (ranking.Items is [var (element, score)] && score > 0 && !(score <= best?.Score * Pick.Better))
                best = (cuboid, element, score);
        }
        return best is { } found ? (found.Cuboid, found.Element) : null;
    }

    /// <summary>An element's cells are added up first, as a search does that takes them.</summary>
    private void Subtract(Part part, int[] rows)
    {
        var (keys, elements) = (part.Cuboid.Keys, part.Elements);
        var (actual, expected) = (new double[elements.Length + 1], new double[elements.Length + 1]);
        for (var at = 0; at < elements.Length; at++)
            _places[elements[at]] = at + 1;
        foreach (var row in rows)
        {
            if (_places[keys[row]] is > 0 and var place)
            {
                actual[place] += _search.Cells.Actual[row];
                expected[place] += _search.Expected[row];
            }
        }
        for (var at = 0; at < elements.Length; at++)
        {
            part.Actual[at] = Math.Max(part.Actual[at] - actual[at + 1], 0);
            part.Expected[at] = Math.Max(part.Expected[at] - expected[at + 1], 0);
            _places[elements[at]] = 0;
        }
    }

    /// <summary>Elements of a cuboid, and what is left of them.</summary>
    private sealed record Part(Cuboid Cuboid, int[] Elements, double[] Actual, double[] Expected)
    {
        public Part(Cuboid cuboid, int[] elements) : this(
            cuboid, elements, Array.ConvertAll(elements, element => cuboid.Actual[element]),
            Array.ConvertAll(elements, element => cuboid.Expected[element]))
        {
        }
    }
}
