namespace AiOutliers.Detection.Attribution;

/// <summary>
/// All cuboids of up to some dimensions: by number of dimensions, then lexicographic. Each is the one without its dimension of the fewest
/// values, split: the cells of an element lie side by side, and a small table per element finds its parts. No key is ever hashed.
/// </summary>
internal sealed class CuboidLattice
{
    /// <summary>An element with less of all that was seen, and of all that was expected, can hardly be named.</summary>
    private const double Heavy = 1e-4;

    private readonly CellTable _cells;
    private readonly double _light;
    private readonly Dictionary<UInt128, Cuboid> _known = [];
    private readonly Dictionary<UInt128, (int[] Order, int[] Starts)> _grouped = [];
    private readonly int[] _first;
    private readonly double[] _actual;
    private readonly double[] _expected;

    private CuboidLattice(CellTable cells)
    {
        (_cells, _light) = (cells, LightOf(cells));
        (_first, _actual, _expected) = (new int[cells.Rows], new double[cells.Rows], new double[cells.Rows]);
    }

    /// <summary>What an element that is not heavy has less of.</summary>
    public static double LightOf(CellTable cells) => Heavy * Math.Max(cells.Actual.Sum(), cells.Expected.Sum());

    /// <exception cref="AiOutliersException">There are more than 128 dimensions.</exception>
    public static Cuboid[] Of(CellTable cells, int? mostLayers)
    {
        var lattice = new CuboidLattice(cells);
        return [.. CuboidChoices.Of(cells.Dimensions.Count, mostLayers).Select(lattice.Add)];
    }

    private Cuboid Add(int[] dimensions)
    {
        var cuboid = dimensions is [var single] ? Single(single) : Split(dimensions);
        return _known[cuboid.Mask] = cuboid;
    }

    private Cuboid Single(int dimension)
    {
        var (codes, count) = (_cells.Codes[dimension], _cells.Values[dimension].Length);
        var (first, actual, expected) = (new int[count], new double[count], new double[count]);
        Array.Fill(first, -1);
        for (var row = 0; row < codes.Length; row++)
        {
            var code = codes[row];
            if (first[code] < 0)
                first[code] = row;
            actual[code] += _cells.Actual[row];
            expected[code] += _cells.Expected[row];
        }
        return new([dimension], codes, first, actual, expected) { Heavy = HeavyOf(count, actual, expected) };
    }

    private Cuboid Split(int[] dimensions)
    {
        var added = dimensions.MinBy(dimension => _cells.Values[dimension].Length);
        var (order, starts) = Grouped(_known[Cuboid.MaskOf([.. dimensions.Where(dimension => dimension != added)])]);
        var (codes, size) = (_cells.Codes[added], _cells.Values[added].Length);
        var (group, element) = (new int[size], new int[size]);
        Array.Fill(group, -1);
        var (keys, count) = (GC.AllocateUninitializedArray<int>(order.Length), 0);
        for (var parent = 0; parent + 1 < starts.Length; parent++)
        {
            for (var at = starts[parent]; at < starts[parent + 1]; at++)
            {
                var row = order[at];
                var code = codes[row];
                if (group[code] != parent)
                {
                    (group[code], element[code]) = (parent, count);
                    (_first[count], _actual[count], _expected[count]) = (row, 0, 0);
                    count++;
                }
                var key = keys[row] = element[code];
                _actual[key] += _cells.Actual[row];
                _expected[key] += _cells.Expected[row];
            }
        }
        return new(dimensions, keys, _first[..count], _actual[..count], _expected[..count])
        {
            Heavy = HeavyOf(count, _actual, _expected),
        };
    }

    private int[] HeavyOf(int count, double[] actual, double[] expected)
    {
        var heavy = new List<int>();
        for (var element = 0; element < count; element++)
        {
            if (actual[element] >= _light || expected[element] >= _light)
                heavy.Add(element);
        }
        return [.. heavy];
    }

    /// <summary>The cells by element, in their own order within each (a counting sort); and where each element's begin.</summary>
    private (int[] Order, int[] Starts) Grouped(Cuboid cuboid)
    {
        if (_grouped.TryGetValue(cuboid.Mask, out var known))
            return known;
        var starts = new int[cuboid.Count + 1];
        foreach (var key in cuboid.Keys)
            starts[key + 1]++;
        for (var element = 0; element < cuboid.Count; element++)
            starts[element + 1] += starts[element];
        var (order, next) = (GC.AllocateUninitializedArray<int>(cuboid.Keys.Length), starts[..^1]);
        for (var row = 0; row < order.Length; row++)
            order[next[cuboid.Keys[row]]++] = row;
        return _grouped[cuboid.Mask] = (order, starts);
    }
}
