namespace AiOutliers.Detection.Attribution;

/// <summary>
/// The shift that all values of all dimensions have in common. A cause that is confined to some value leaves the bulk of its dimension in
/// place; only a deviation that is spread, or lies in a dimension that is not here, moves the bulk of every dimension.
/// </summary>
internal static class CommonShift
{
    public const double Least = 0.03;

    /// <summary>Values that are taken out of a cuboid to see whether the shift goes with them.</summary>
    private const int TakenOut = 3;

    /// <summary>The rest lies clearly below the shift, in units of φ.</summary>
    public const double Clearly = 3;

    /// <returns>c0: 0 where there is none, else from 0.03 to 0.95.</returns>
    public static double Of(CellSearch search)
    {
        var shift = Bulk.Shift(search);
        return shift < Least || GoesWithFew(search, shift) || GoesWithBest(search, shift) ? 0 : shift;
    }

    /// <summary>The factor of the expectation.</summary>
    public static double Factor(double shift, double sign) => sign > 0 ? 1 / (1 - shift) : 1 - shift;

    /// <summary>First refusal: up to three values of one cuboid, taken out one after the other.</summary>
    private static bool GoesWithFew(CellSearch search, double shift)
    {
        var (actual, expected) = (search.Cells.Actual.Sum(), search.Cells.Expected.Sum());
        foreach (var cuboid in search.Cuboids)
        {
            var (a, b) = (actual, expected);
            foreach (var (element, _) in LargestMoves(search, cuboid).Items)
            {
                a = Math.Max(a - cuboid.Actual[element], 0);
                b = Math.Max(b - cuboid.Expected[element], 0);
                if (b <= 0)
                    break;
                if (IsBehind(search, a, b, shift))
                    return true;
            }
        }
        return false;
    }

    private static Ranking LargestMoves(CellSearch search, Cuboid cuboid)
    {
        var ranking = new Ranking(search.Cells, cuboid, TakenOut);
        Add(cuboid.Heavy);
        // Where too few heavy elements moved, any other may be among the largest moves.
        if (ranking.Items.Count == TakenOut && search.IsHeavy(ranking.Items[^1].Value))
            return ranking;
        ranking = new(search.Cells, cuboid, TakenOut);
        Add([.. Enumerable.Range(0, cuboid.Count)]);
        return ranking;

        void Add(int[] elements)
        {
            foreach (var element in elements)
            {
                var move = search.Sign * (cuboid.Actual[element] - cuboid.Expected[element]);
                if (move > 0 && cuboid.IsListed(search.Cells, element))
                    ranking.Add(element, move);
            }
        }
    }

    /// <summary>Second refusal: the best elements of any cuboids, taken out one after the other as if there were no common shift.</summary>
    private static bool GoesWithBest(CellSearch search, double shift)
    {
        var trial = new TrialSearch(search);
        var (actual, expected) = (search.Cells.Actual.Sum(), search.Cells.Expected.Sum());
        for (var pick = 0; pick < search.Options.MostElements; pick++)
        {
            if (trial.Next() is not var (ownActual, ownExpected))
                return false;
            actual = Math.Max(actual - ownActual, 0);
            expected = Math.Max(expected - ownExpected, 0);
            if (expected <= 0)
                return false;
            if (IsBehind(search, actual, expected, shift))
                return true;
        }
        return false;
    }

    private static bool IsBehind(CellSearch search, double actual, double expected, double shift) =>
        search.Move(actual, expected) < 0.5 * shift
        && ScanScore.Of(actual, expected * Factor(shift, search.Sign), -search.Sign) >= Clearly * search.Overdispersion;
}
