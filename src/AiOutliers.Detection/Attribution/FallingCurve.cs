namespace AiOutliers.Detection.Attribution;

/// <summary>Scales that fall with size: what bins say, made to fall, and between them.</summary>
internal static class FallingCurve
{
    /// <summary>Pools neighbours that rise (pool adjacent violators, bins weighted equally).</summary>
    public static void MakeFalling(double[] scales)
    {
        var pools = new List<(double Mean, int Count)>();
        foreach (var scale in scales)
        {
            pools.Add((scale, 1));
            while (pools is [.., var before, var last] && before.Mean < last.Mean)
            {
                var count = before.Count + last.Count;
                pools.RemoveAt(pools.Count - 1);
                pools[^1] = ((before.Mean * before.Count + last.Mean * last.Count) / count, count);
            }
        }
        var bin = 0;
        foreach (var (mean, count) in pools)
        {
            Array.Fill(scales, mean, bin, count);
            bin += count;
        }
    }

    /// <summary>Linear between the bins, constant outside.</summary>
    public static double At(double[] at, double[] scales, double where)
    {
        if (where < at[0])
            return scales[0];
        var bin = at.Length - 1;
        while (at[bin] > where)
            bin--;
        return bin == at.Length - 1
            ? scales[bin]
            : (scales[bin + 1] - scales[bin]) / (at[bin + 1] - at[bin]) * (where - at[bin]) + scales[bin];
    }
}
