namespace AiOutliers.Detection.Attribution;

/// <summary>An element that a search picked: what is told of it. Its cells are taken.</summary>
internal static class TakenElement
{
    /// <summary>A value that holds so much of an element is told with it.</summary>
    private const double Refined = 0.9;

    /// <returns>Null where less than the least share of it is left; then nothing is taken.</returns>
    public static AttributedElement? Of(CellSearch search, Pick pick, int element, double leastShare)
    {
        var (cells, cuboid) = (search.Cells, pick.Cuboid);
        var rows = search.RowsOf(cuboid, element);
        var share = rows.Sum(row => cells.Actual[row] - search.Expected[row]) / search.Deviation;
        if (share < leastShare)
            return null;
        var (actual, expected) = (0.0, 0.0);
        for (var row = 0; row < cells.Rows; row++)
        {
            if (cuboid.Keys[row] != element)
                continue;
            actual += cells.Actual[row];
            expected += cells.Expected[row];
        }
        var one = new AttributedElement(
            cuboid.Where(cells, element), actual, expected, share, pick.Score, [.. Refinements(search, cuboid, rows)]);
        search.Take(rows);
        return one;
    }

    private static IEnumerable<ElementRefinement> Refinements(CellSearch search, Cuboid cuboid, int[] rows)
    {
        var cells = search.Cells;
        var moves = Array.ConvertAll(rows, row => Math.Max(search.Sign * (cells.Actual[row] - search.Expected[row]), 0));
        for (var dimension = 0; dimension < cells.Dimensions.Count; dimension++)
        {
            if (cuboid.Dimensions.Contains(dimension))
                continue;
            var sums = new double[cells.Values[dimension].Length];
            for (var at = 0; at < rows.Length; at++)
                sums[cells.Codes[dimension][rows[at]]] += moves[at];
            var (all, most) = (sums.Sum(), sums.Max());
            var value = Array.IndexOf(sums, most);
            if (all > 0 && most >= Refined * all)
                yield return new(cells.Dimensions[dimension], cells.Values[dimension][value], most / all);
        }
    }
}
