namespace AiOutliers.Detection.Attribution;

/// <summary>The sets of dimensions that are searched: by number of dimensions, then lexicographic.</summary>
internal static class CuboidChoices
{
    /// <summary>All triples of nine dimensions are 129.</summary>
    public const int MostCuboids = 128;

    /// <param name="count">The dimensions.</param>
    /// <param name="mostLayers">
    /// The most of a set; null takes all of up to five, else three. Fewer where there would be too many sets.
    /// </param>
    /// <exception cref="AiOutliersException">There are more than 128 dimensions.</exception>
    public static IEnumerable<int[]> Of(int count, int? mostLayers)
    {
        var layers = Math.Clamp(mostLayers ?? (count <= 5 ? count : 3), 1, count);
        while (layers > 1 && CountOf(count, layers) > MostCuboids)
            layers--;
        if (CountOf(count, layers) > MostCuboids)
            throw new AiOutliersException(ErrorKind.BadInput, $"there are {count} dimensions; take at most {MostCuboids}");
        return Enumerable.Range(1, layers).SelectMany(layer => Choices(count, layer, 0));
    }

    private static double CountOf(int dimensions, int layers)
    {
        var (sum, choices) = (0.0, 1.0);
        for (var layer = 1; layer <= layers; layer++)
            sum += choices = choices * (dimensions - layer + 1) / layer;
        return sum;
    }

    private static IEnumerable<int[]> Choices(int count, int length, int from) => length == 0
        ? [[]]
        : Enumerable.Range(from, count - from).SelectMany(
            first => Choices(count, length - 1, first + 1).Select(rest => (int[])[first, .. rest]));
}
