namespace AiOutliers.Detection.Attribution;

/// <summary>
/// Adds values to a picked element as long as what is left out was expected to be seen and clearly did not follow: it carries hardly any of
/// the deviation, but a good part of the expectation.
/// </summary>
internal static class Tightening
{
    /// <summary>The most of the element's deviation that may be left out.</summary>
    private const double LeftOut = 0.05;

    /// <summary>The least of its expectation that has to be left out: less says nothing.</summary>
    private const double LeastMass = 0.05;

    public static (Cuboid Cuboid, int[] Elements) Of(CellSearch search, Cuboid cuboid, int element)
    {
        while (Tighter(search, cuboid, element) is var (tighter, part))
            (cuboid, element) = (tighter, part);
        return (cuboid, [element]);
    }

    private static (Cuboid Cuboid, int Element)? Tighter(CellSearch search, Cuboid cuboid, int element)
    {
        var rows = search.RowsOf(cuboid, element);
        var (best, most) = (((Cuboid, int)?)null, double.NegativeInfinity);
        foreach (var finer in search.Cuboids)
        {
            if (finer.Layer != cuboid.Layer + 1 || (finer.Mask & cuboid.Mask) != cuboid.Mask)
                continue;
            if (LargestPart(search, finer, rows) is { } part
                && Evidence(search, (cuboid.Actual[element], cuboid.Expected[element]), finer, part) is { } evidence && evidence > most)
                (best, most) = ((finer, part), evidence);
        }
        return best;
    }

    /// <summary>The part that moved most in the direction of the incident; null where none did.</summary>
    private static int? LargestPart(CellSearch search, Cuboid finer, int[] rows)
    {
        var (best, most) = ((int?)null, 0.0);
        foreach (var row in rows)
        {
            var key = finer.Keys[row];
            var move = search.Sign * (finer.Actual[key] - finer.Expected[key]);
            if (key == best || move < most || move <= 0 || !finer.IsListed(search.Cells, key))
                continue;
            if (move > most || finer.Compare(search.Cells, key, best!.Value) < 0)
                (best, most) = (key, move);
        }
        return best;
    }

    /// <summary>How clearly the rest stayed behind; null where that is not the case.</summary>
    private static double? Evidence(CellSearch search, (double Actual, double Expected) whole, Cuboid finer, int part)
    {
        var actual = Math.Max(whole.Actual - finer.Actual[part], 0);
        var expected = Math.Max(whole.Expected - finer.Expected[part], 0);
        // As 1 − 0.95: rounding included.
        if (search.Sign * (actual - expected) > (1 - (1 - LeftOut)) * search.Sign * (whole.Actual - whole.Expected)
            || expected <= 0 || expected < LeastMass * whole.Expected
            || !(search.Move(actual, expected) < 0.5 * search.Move(whole.Actual, whole.Expected)))
            return null;
        var follows = whole.Actual / Math.Max(whole.Expected, search.Epsilon);
        var evidence = ScanScore.Of(actual + 1e-9, expected * follows, -search.Sign) / search.Overdispersion;
        return evidence >= CommonShift.Clearly ? evidence : null;
    }
}
