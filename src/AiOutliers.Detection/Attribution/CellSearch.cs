using System.Numerics.Tensors;

namespace AiOutliers.Detection.Attribution;

/// <summary>What a search knows: the deviation, the cuboids with their sums, the noise of elements, and which cells are taken.</summary>
internal sealed class CellSearch
{
    private readonly bool[] _taken;
    private readonly double[] _actual;
    private readonly double[] _expected;
    private double _light;

    private CellSearch(CellSearch other, double sign)
    {
        (Cells, Cuboids, Options, Deviation, Sign) = (other.Cells, other.Cuboids, other.Options, other.Deviation, sign);
        (_taken, _actual, _expected, Expected) = (other._taken, other._actual, other._expected, other.Expected);
        (Overdispersion, Epsilon, _light) = (other.Overdispersion, other.Epsilon, other._light);
    }

    public CellSearch(CellTable cells, Cuboid[] cuboids, double deviation, double sign, AttributionOptions options)
    {
        (Cells, Cuboids, Deviation, Sign, Options, Expected) = (cells, cuboids, deviation, sign, options, cells.Expected);
        (_taken, _light) = (new bool[cells.Rows], CuboidLattice.LightOf(cells));
        _actual = new double[cuboids.Max(static cuboid => cuboid.Count)];
        _expected = new double[_actual.Length];
    }

    public CellTable Cells { get; }

    public Cuboid[] Cuboids { get; }

    public AttributionOptions Options { get; }

    /// <summary>What is to be explained.</summary>
    public double Deviation { get; }

    /// <summary>1 for up, −1 for down.</summary>
    public double Sign { get; }

    /// <summary>φ: the variance of an element's sum over its expectation.</summary>
    public double Overdispersion { get; init; }

    /// <summary>Added to both sums of an element: else a new value has infinite surprise, and a pick falls apart into its parts.</summary>
    public double Epsilon { get; init; }

    /// <summary>Per cell: what was expected, with the common shift.</summary>
    public double[] Expected { get; private set; }

    /// <summary>The same cells and sums, searched for what moved in a direction.</summary>
    public CellSearch Toward(double sign) => sign == Sign ? this : new(this, sign);

    /// <summary>Every element that has moved by so much, ascending, and others.</summary>
    /// <param name="cuboid">Whose elements.</param>
    /// <param name="least">|A − B| at the least.</param>
    /// <param name="scale">What B is multiplied by before.</param>
    public int[] Movers(Cuboid cuboid, double least, double scale = 1) =>
        IsHeavy(least / Math.Max(1, scale)) ? cuboid.Heavy : [.. Enumerable.Range(0, cuboid.Count)];

    /// <summary>Whether only heavy elements have so much.</summary>
    public bool IsHeavy(double sum) => sum >= _light;

    /// <summary>The least move that has the least share of the deviation, but for rounding.</summary>
    public double LeastOfShare => Options.LeastShare * Math.Abs(Deviation) * (1 - 1e-9);

    public double ScoreOf(double actual, double expected) => ScanScore.Of(actual + Epsilon, expected + Epsilon, Sign);

    /// <summary>How little the noise of a cuboid's elements explains two sums, in nats.</summary>
    public double Surprise(Cuboid cuboid, double actual, double expected) =>
        ScanScore.AtLikelyLevel(actual + Epsilon, expected + Epsilon, Overdispersion, cuboid.Noise);

    /// <summary>The score without what the choice among all elements of a cuboid costs.</summary>
    public double Value(Cuboid cuboid, double actual, double expected) =>
        ScoreOf(actual, expected) - cuboid.Penalty * Overdispersion;

    public double Share(Cuboid cuboid, int element) => (cuboid.Actual[element] - cuboid.Expected[element]) / Deviation;

    /// <summary>(A − B) / max(A, B) in the direction of the incident.</summary>
    public double Move(double actual, double expected) => Sign * (actual - expected) / Math.Max(actual, expected);

    public void Expect(double factor)
    {
        Expected = Array.ConvertAll(Expected, value => value * factor);
        _light *= Math.Max(1, factor);
        foreach (var cuboid in Cuboids)
            TensorPrimitives.Multiply(cuboid.Expected, factor, cuboid.Expected);
    }

    /// <summary>The cells of an element that are not taken.</summary>
    public int[] RowsOf(Cuboid cuboid, int element) => cuboid.RowsOf(element, _taken);

    /// <summary>Takes cells out of all cuboids.</summary>
    public void Take(int[] rows)
    {
        foreach (var row in rows)
            _taken[row] = true;
        foreach (var cuboid in Cuboids)
        {
            foreach (var row in rows)
            {
                _actual[cuboid.Keys[row]] += Cells.Actual[row];
                _expected[cuboid.Keys[row]] += Expected[row];
            }
            // The second cell of an element takes nothing more.
            foreach (var row in rows)
            {
                var key = cuboid.Keys[row];
                cuboid.Actual[key] = Math.Max(cuboid.Actual[key] - _actual[key], 0);
                cuboid.Expected[key] = Math.Max(cuboid.Expected[key] - _expected[key], 0);
                (_actual[key], _expected[key]) = (0, 0);
            }
        }
    }
}
