using System.Numerics.Tensors;

namespace AiOutliers.Detection.Attribution;

/// <summary>Per element of a cuboid and per shift: the sum of its cells' gains, and the largest of them.</summary>
internal sealed class DenseCuboid
{
    private readonly double[] _sums;
    private readonly double[] _best;

    public DenseCuboid(Cuboid cuboid)
    {
        Cuboid = cuboid;
        (_sums, _best) = (new double[cuboid.Count * ShiftGain.Grid], new double[cuboid.Count]);
    }

    public Cuboid Cuboid { get; }

    /// <summary>The choice among all elements, and 4 nats for significance.</summary>
    public double Penalty => 0.8 * Math.Log(Cuboid.Count) + 4;

    public ReadOnlySpan<double> Sums(int element) => _sums.AsSpan(element * ShiftGain.Grid, ShiftGain.Grid);

    public void Add(int element, ReadOnlySpan<double> gains)
    {
        var sums = _sums.AsSpan(element * ShiftGain.Grid, ShiftGain.Grid);
        TensorPrimitives.Add(sums, gains, sums);
    }

    public void Subtract(int element, ReadOnlySpan<double> gains)
    {
        var sums = _sums.AsSpan(element * ShiftGain.Grid, ShiftGain.Grid);
        TensorPrimitives.Subtract(sums, gains, sums);
        if (!IsExcluded(element))
            _best[element] = TensorPrimitives.Max<double>(sums);
    }

    /// <summary>After all gains are added.</summary>
    public void Rate()
    {
        for (var element = 0; element < _best.Length; element++)
            _best[element] = TensorPrimitives.Max(Sums(element));
    }

    /// <summary>The largest sum of an element.</summary>
    public double BestOf(int element) => _best[element];

    public bool IsExcluded(int element) => double.IsNegativeInfinity(_best[element]);

    public bool HasOneMoreThan(DenseCuboid other) =>
        Cuboid.Layer == other.Cuboid.Layer + 1 && (Cuboid.Mask & other.Cuboid.Mask) == other.Cuboid.Mask;

    /// <summary>All cells of an element.</summary>
    public int[] RowsOf(int element)
    {
        var rows = new List<int>();
        for (var row = 0; row < Cuboid.Keys.Length; row++)
        {
            if (Cuboid.Keys[row] == element)
                rows.Add(row);
        }
        return [.. rows];
    }

    /// <summary>The element is not considered again.</summary>
    public void Exclude(int element) => _best[element] = double.NegativeInfinity;

    /// <summary>The element with the largest sum; among equals, but for rounding, the one whose values have lower numbers.</summary>
    public (int Element, double Sum) Best(CellTable cells)
    {
        var best = 0;
        for (var element = 1; element < _best.Length; element++)
        {
            // What is excluded is behind everything, whatever its number.
            var room = IsExcluded(best) ? 0 : 1e-12 * Math.Abs(_best[best]);
            if (_best[element] > _best[best] + room
                || _best[element] >= _best[best] - room && Cuboid.Compare(cells, element, best) < 0)
                best = element;
        }
        return (best, _best[best]);
    }
}
