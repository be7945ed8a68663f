namespace AiOutliers.Detection.Forest;

/// <summary>
/// Isolation forest (Liu, Ting, Zhou: Isolation Forest, ICDM 2008): random trees isolate rows by random cuts; rows that need few cuts are
/// anomalous. Score s(x) = 2^(−E[h(x)]/c(ψ)), h = path length, c(n) = 2·H(n−1) − 2(n−1)/n the mean path length of an unsuccessful search in a
/// binary tree of n rows, ψ = rows per tree. Deterministic for a seed.
/// </summary>
public sealed class IsolationForest
{
    private const double EulerGamma = 0.57721566490153286;

    private readonly IsolationTree[] _trees;
    private readonly double _normalisation;

    private IsolationForest(IsolationTree[] trees, double normalisation) => (_trees, _normalisation) = (trees, normalisation);

    /// <param name="columns">One array per feature, each with one value per row; at least one row, all values finite.</param>
    /// <param name="trees">Number of trees; the paper finds 100 enough.</param>
    /// <param name="samples">Rows drawn without replacement for each tree; the paper's 256.</param>
    /// <param name="seed">Seed of every random choice.</param>
    public static IsolationForest Fit(double[][] columns, int trees = 100, int samples = 256, int seed = 42)
    {
        var rows = columns[0].Length;
        samples = Math.Min(samples, rows);
        var depthLimit = (int)Math.Ceiling(Math.Log2(Math.Max(samples, 2)));
        var random = new Random(seed);
        var order = new int[rows];
        for (var i = 0; i < rows; i++)
            order[i] = i;
        var forest = new IsolationTree[trees];
        for (var t = 0; t < trees; t++)
        {
            Draw(order, samples, random);
            forest[t] = IsolationTree.Grow(columns, order.AsSpan(0, samples), depthLimit, random);
        }
        return new(forest, AveragePath(samples));
    }

    /// <summary>The anomaly score of every row, 0 to 1; about 0.5 is ordinary, towards 1 anomalous.</summary>
    public double[] Score(double[][] columns)
    {
        var depths = new double[columns[0].Length];
        var rows = new double[depths.Length * columns.Length];
        for (var feature = 0; feature < columns.Length; feature++)
        {
            for (var row = 0; row < depths.Length; row++)
                rows[row * columns.Length + feature] = columns[feature][row];
        }
        foreach (var tree in _trees)
            tree.AddDepths(rows, columns.Length, depths);
        for (var row = 0; row < depths.Length; row++)
            depths[row] = Math.Pow(2, -depths[row] / (_trees.Length * _normalisation));
        return depths;
    }

    /// <summary>c(n): 0 for one row, 1 for two.</summary>
    internal static double AveragePath(int n) => n switch
    {
        <= 1 => 1e-300, // never divides by zero: a single row scores as isolated at once
        2 => 1,
        _ => 2 * (Math.Log(n - 1) + EulerGamma) - 2.0 * (n - 1) / n,
    };

    /// <summary>A partial Fisher-Yates shuffle: the first <paramref name="count"/> are a sample without replacement.</summary>
    private static void Draw(int[] order, int count, Random random)
    {
        for (var i = 0; i < count; i++)
        {
            var other = random.Next(i, order.Length);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
