namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Runs of zeros that chance does not explain. A run is one when n·Π pᵢ &lt; 0.01, pᵢ = (zeros elsewhere + ½)/(values elsewhere + 1)
/// in the same part of the day: nightly zeros are usual, the same zeros at noon are not. Series with negative values, or where most values
/// are zero, have none.
/// </summary>
internal static class ZeroRuns
{
    /// <summary>Fewer than this many such runs are to be expected by chance in the whole series.</summary>
    private const double Chance = 0.01;

    /// <summary>An hour, where the season is a day: long enough to hold some values, short against the night.</summary>
    private const int MostParts = 24;

    /// <summary>A season must have come back so often before its parts are looked at one by one.</summary>
    private const int LeastSeasons = 3;

    /// <param name="x">The known values.</param>
    /// <param name="known">Their places in time, ascending.</param>
    /// <param name="period">The day in points, or P where the step is not known; 0 when there is none.</param>
    /// <returns>Runs of known values, in order.</returns>
    public static List<(int Start, int End)> Find(ReadOnlySpan<double> x, int[] known, int period)
    {
        var found = new List<(int, int)>();
        var zeros = x.Count(0.0);
        if (zeros == 0 || 2 * zeros >= x.Length || System.Numerics.Tensors.TensorPrimitives.Min(x) < 0)
            return found;
        var parts = period > 0 && known[^1] - known[0] >= LeastSeasons * period ? Math.Min(period, MostParts) : 1;
        var (zerosIn, valuesIn) = (new int[parts], new int[parts]);
        for (var i = 0; i < x.Length; i++)
        {
            valuesIn[PartOf(known[i])]++;
            zerosIn[PartOf(known[i])] += x[i] == 0 ? 1 : 0;
        }
        var own = new int[parts];
        for (var start = 0; start < x.Length; start++)
        {
            if (x[start] != 0)
                continue;
            var end = start;
            Array.Clear(own);
            for (; end < x.Length && x[end] == 0; end++)
                own[PartOf(known[end])]++;
            var chance = Math.Log(x.Length);
            for (var part = 0; part < parts; part++)
                chance += own[part] == 0 ? 0 : own[part] * Math.Log((zerosIn[part] - own[part] + 0.5) / (valuesIn[part] - own[part] + 1));
            if (chance < Math.Log(Chance))
                found.Add((start, end));
            start = end;
        }
        return found;

        int PartOf(int point) => parts == 1 ? 0 : (int)((long)(point % period) * parts / period);
    }
}
