using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Forest;

/// <summary>
/// One tree, its nodes in an array, siblings side by side. A leaf is its own child: a walk of depth-limit steps ends in the right leaf
/// without ever asking whether it has arrived, and a processor that need not guess works on many rows at once.
/// </summary>
internal sealed class IsolationTree
{
    private readonly Node[] _nodes;
    private readonly double[] _depths;
    private readonly int[] _sample;
    private readonly double[] _averagePaths;
    private readonly int _depthLimit;
    private int _count;

    /// <param name="samples">Rows that it is grown from, each time.</param>
    public IsolationTree(int samples)
    {
        (_nodes, _depths, _sample) = (new Node[2 * samples], new double[2 * samples], new int[samples]);
        _averagePaths = [.. Enumerable.Range(0, samples + 1).Select(static rows => rows > 1 ? IsolationForest.AveragePath(rows) : 0)];
        _depthLimit = (int)Math.Ceiling(Math.Log2(Math.Max(samples, 2)));
    }

    /// <summary>Grows anew; what it was before is forgotten.</summary>
    public void Grow(double[][] columns, ReadOnlySpan<int> sample, Random random)
    {
        _count = 1;
        sample.CopyTo(_sample);
        Split(0, columns, _sample, 0, random);
    }

    /// <summary>Adds every row's path length: cuts passed, and c(n) for the n rows of an unsplit leaf.</summary>
    /// <param name="rows">(rows, features), row-major.</param>
    /// <param name="features">Features per row.</param>
    /// <param name="depths">One per row.</param>
    public void AddDepths(ReadOnlySpan<double> rows, int features, Span<double> depths)
    {
        ref var nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        ref var values = ref MemoryMarshal.GetReference(rows[..(depths.Length * features)]);
        var row = 0;
        // Four walks at a time: each step waits for memory, and four can wait together.
        for (; row + 4 <= depths.Length; row += 4)
        {
            ref var first = ref Unsafe.Add(ref values, row * features);
            var (a, b, c, d) = (0, 0, 0, 0);
            for (var step = 0; step < _depthLimit; step++)
            {
                a = Next(ref nodes, a, ref first);
                b = Next(ref nodes, b, ref Unsafe.Add(ref first, features));
                c = Next(ref nodes, c, ref Unsafe.Add(ref first, 2 * features));
                d = Next(ref nodes, d, ref Unsafe.Add(ref first, 3 * features));
            }
            depths[row] += _depths[a];
            depths[row + 1] += _depths[b];
            depths[row + 2] += _depths[c];
            depths[row + 3] += _depths[d];
        }
        for (; row < depths.Length; row++)
        {
            var at = 0;
            for (var step = 0; step < _depthLimit; step++)
                at = Next(ref nodes, at, ref Unsafe.Add(ref values, row * features));
            depths[row] += _depths[at];
        }
    }

    /// <summary>No check of bounds: children and features come from <see cref="Split"/>, which stays within both.</summary>
    private static int Next(ref Node nodes, int at, ref double row)
    {
        ref var node = ref Unsafe.Add(ref nodes, at);
        return node.Child + (Unsafe.Add(ref row, node.Feature) >= node.Cut ? 1 : 0);
    }

    private void Split(int node, double[][] columns, Span<int> rows, int depth, Random random)
    {
        _nodes[node] = new(double.PositiveInfinity, 0, node);
        _depths[node] = depth + _averagePaths[rows.Length];
        if (depth >= _depthLimit || rows.Length <= 1 || !TryCut(columns, rows, random, out var feature, out var cut))
            return;
        var column = columns[feature];
        var left = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            rows[i] = rows[left];
            rows[left] = row;
            left += column[row] < cut ? 1 : 0;
        }
        var child = _count;
        _count += 2;
        _nodes[node] = new(cut, feature, child);
        Split(child, columns, rows[..left], depth + 1, random);
        Split(child + 1, columns, rows[left..], depth + 1, random);
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

    /// <param name="Cut">Rows below go to the first child, the others to the second; infinite in a leaf.</param>
    /// <param name="Feature">The feature that is compared.</param>
    /// <param name="Child">The first child; in a leaf the leaf itself.</param>
    private readonly record struct Node(double Cut, int Feature, int Child);
}
