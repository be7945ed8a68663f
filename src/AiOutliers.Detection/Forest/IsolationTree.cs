namespace AiOutliers.Detection.Forest;

/// <summary>One tree: nodes in flat arrays, children after their parent.</summary>
internal sealed class IsolationTree
{
    private readonly int[] _feature;
    private readonly double[] _cut;
    private readonly int[] _right;
    private readonly double[] _depth;
    private int _nodes;

    private IsolationTree(int capacity)
    {
        (_feature, _cut) = (new int[capacity], new double[capacity]);
        (_right, _depth) = (new int[capacity], new double[capacity]);
    }

    public static IsolationTree Grow(double[][] columns, ReadOnlySpan<int> sample, int depthLimit, Random random)
    {
        var tree = new IsolationTree(2 * sample.Length);
        tree.Split(columns, sample.ToArray(), 0, depthLimit, random);
        return tree;
    }

    /// <summary>Adds every row's path length: cuts passed, and c(n) for the n rows of an unsplit leaf.</summary>
    public void AddDepths(double[][] columns, Span<double> depths)
    {
        for (var row = 0; row < depths.Length; row++)
        {
            var node = 0;
            while (_feature[node] >= 0)
                node = columns[_feature[node]][row] < _cut[node] ? node + 1 : _right[node];
            depths[row] += _depth[node];
        }
    }

    private void Split(double[][] columns, Span<int> rows, int depth, int depthLimit, Random random)
    {
        var node = _nodes++;
        _feature[node] = -1;
        _depth[node] = depth + (rows.Length > 1 ? IsolationForest.AveragePath(rows.Length) : 0);
        if (depth >= depthLimit || rows.Length <= 1 || !TryCut(columns, rows, random, out var feature, out var cut))
            return;
        var column = columns[feature];
        var left = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (column[rows[i]] < cut)
                (rows[left++], rows[i]) = (rows[i], rows[left - 1]);
        }
        (_feature[node], _cut[node]) = (feature, cut);
        Split(columns, rows[..left], depth + 1, depthLimit, random);
        _right[node] = _nodes;
        Split(columns, rows[left..], depth + 1, depthLimit, random);
    }

    /// <summary>A random feature that is not constant in these rows, and a cut in (min, max]: both sides get a row.</summary>
    private static bool TryCut(double[][] columns, ReadOnlySpan<int> rows, Random random, out int feature, out double cut)
    {
        var first = random.Next(columns.Length);
        for (var k = 0; k < columns.Length; k++)
        {
            feature = (first + k) % columns.Length;
            var column = columns[feature];
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var row in rows)
                (least, most) = (Math.Min(least, column[row]), Math.Max(most, column[row]));
            if (!(least < most))
                continue;
            cut = most - random.NextDouble() * (most - least);
            return cut > least;
        }
        (feature, cut) = (0, 0);
        return false;
    }
}
