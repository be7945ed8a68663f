using System.Numerics.Tensors;

namespace AiOutliers.Detection.Attribution;

/// <summary>
/// An element is best, and only some values of another dimension follow it: two of five that halve are worth more together than each by
/// itself, whatever the three do. Then its parts are named.
/// </summary>
internal static class DenseParts
{
    /// <summary>The pick itself, or the best of its parts, and of theirs.</summary>
    public static DensePick Of(DenseCuboid[] cuboids, DensePick pick)
    {
        while (Part(cuboids, pick) is { } part)
            pick = part;
        return pick;
    }

    /// <summary>
    /// The best part by a dimension whose followers are worth more than the whole, at the same shift and each with its own choice among all
    /// elements; null where the whole stands.
    /// </summary>
    private static DensePick? Part(DenseCuboid[] cuboids, DensePick whole)
    {
        var (rows, at) = (whole.Cuboid.RowsOf(whole.Element), TensorPrimitives.IndexOfMax(whole.Cuboid.Sums(whole.Element)));
        var (best, most) = ((DensePick?)null, whole.Score + DenseSearch.Better);
        foreach (var finer in cuboids.Where(own => own.HasOneMoreThan(whole.Cuboid)))
        {
            var followers = rows.Select(row => finer.Cuboid.Keys[row]).Distinct()
                .Where(part => !finer.IsExcluded(part) && finer.Sums(part)[at] > finer.Penalty).ToArray();
            var worth = followers.Sum(part => finer.Sums(part)[at] - finer.Penalty);
            if (worth <= most)
                continue;
            var first = followers.MaxBy(finer.BestOf);
            (best, most) = (new(finer, first, finer.BestOf(first) - finer.Penalty), worth);
        }
        return best;
    }
}
