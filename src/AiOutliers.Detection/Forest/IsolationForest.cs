namespace AiOutliers.Detection.Forest;

/// <summary>
/// Isolation forest (Liu, Ting, Zhou: Isolation Forest, ICDM 2008): random trees isolate rows by random cuts; rows that need few cuts are
/// anomalous. Score s(x) = 2^(−E[h(x)]/c(ψ)), h = path length, c(n) = 2·H(n−1) − 2(n−1)/n the mean path length of an unsuccessful
/// search in a binary tree of n rows, ψ = rows per tree. Deterministic for a seed.
/// </summary>
public static class IsolationForest
{
    private const double EulerGamma = 0.57721566490153286;

    /// <summary>The paper finds so many enough.</summary>
    private const int Trees = 100;

    /// <summary>Rows drawn without replacement for each tree, at most: the paper's ψ.</summary>
    private const int MostSamples = 256;

    /// <summary>The anomaly score of every row, 0 to 1; about 0.5 is ordinary, towards 1 anomalous. One tree is kept at a time.</summary>
    /// <param name="columns">One array per feature, each with one value per row; at least one row, all values finite.</param>
    /// <param name="seed">Seed of every random choice.</param>
    public static double[] Score(double[][] columns, int seed = 42)
    {
        var depths = new double[columns[0].Length];
        var samples = Math.Min(MostSamples, depths.Length);
        var rows = RowMajor(columns);
        var order = new int[depths.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var random = new Random(seed);
        var tree = new IsolationTree(samples);
        for (var t = 0; t < Trees; t++)
        {
            Draw(order, samples, random);
            tree.Grow(columns, order.AsSpan(0, samples), random);
            tree.AddDepths(rows, columns.Length, depths);
        }
        var normalisation = AveragePath(samples);
        for (var row = 0; row < depths.Length; row++)
            depths[row] = Math.Pow(2, -depths[row] / (Trees * normalisation));
        return depths;
    }

    private static double[] RowMajor(double[][] columns)
    {
        var rows = new double[columns[0].Length * columns.Length];
        for (var feature = 0; feature < columns.Length; feature++)
        {
            for (var row = 0; row < columns[feature].Length; row++)
                rows[row * columns.Length + feature] = columns[feature][row];
        }
        return rows;
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
