namespace AiOutliers.Detection.Neural;

/// <summary>The shape of one example, without the batch: (steps, features) for a sequence, (features) for a vector.</summary>
public sealed class Shape
{
    private readonly int[] _dimensions;

    /// <exception cref="AiOutliersException">No dimension, or one below 1.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        _dimensions = dimensions.ToArray();
        if (_dimensions.Length == 0 || Array.Exists(_dimensions, static size => size < 1))
        {
            throw new AiOutliersException(
                ErrorKind.UnusableModel,
                $"the shape ({string.Join(", ", _dimensions)}) is not usable: every dimension must be known and at least 1");
        }
        long size = 1;
        foreach (var dimension in _dimensions)
            size = Math.Min(size * dimension, int.MaxValue);
        Size = size < 1 << 24
            ? (int)size
            : throw new AiOutliersException(ErrorKind.UnusableModel, $"the shape {this} is too large: at most 2^24 values per example");
    }

    public int Rank => _dimensions.Length;

    /// <summary>Values per example.</summary>
    public int Size { get; }

    /// <summary>The last dimension: features.</summary>
    public int Last => _dimensions[^1];

    public int this[int dimension] => _dimensions[dimension];

    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>The same shape with another last dimension.</summary>
    public Shape WithLast(int last) => new([.. _dimensions.AsSpan(..^1), last]);

    public bool SameAs(Shape other) => Dimensions.SequenceEqual(other.Dimensions);

    public override string ToString() => $"({string.Join(", ", _dimensions)})";
}
