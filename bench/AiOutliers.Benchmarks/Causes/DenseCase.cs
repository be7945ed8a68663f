using System.Globalization;
using AiOutliers.Detection.Attribution;
using AiOutliers.Samples;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>One table of a set, with the elements that are its causes.</summary>
internal sealed class DenseCase
{
    private readonly DenseSet _set;
    private readonly Random _random;
    private readonly double[] _actual;
    private readonly double[] _expected;

    private DenseCase(DenseSet set, int seed)
    {
        (_set, _random) = (set, new(seed));
        (_actual, _expected) = (new double[set.Cells], new double[set.Cells]);
        var noise = set.MostNoise * _random.NextDouble();
        Fill(noise);
        var isRise = _actual.Sum() > _expected.Sum();
        foreach (var (elements, severity, scatter) in Causes(noise))
            Shift(elements, severity, scatter, isRise);
    }

    /// <summary>Per cause: the values of its elements, -1 where a dimension is not a part of it.</summary>
    public List<int[]> Truth { get; } = [];

    public static DenseCase Of(DenseSet set, int seed) => new(set, seed);

    public CellTable Cells()
    {
        var builder = new CellTableBuilder([.. _set.Sizes.Select(static (_, dimension) => DenseSet.NameOf(dimension))]);
        for (var cell = 0; cell < _actual.Length; cell++)
            builder.Add([.. _set.Values(cell).Select(DenseSet.TextOf)], _actual[cell], _expected[cell]);
        return builder.Build();
    }

    /// <summary>An element as its values.</summary>
    public int[] ElementOf(IReadOnlyList<ElementPart> where) =>
    [
        .. _set.Sizes.Select((_, dimension) =>
            where.FirstOrDefault(part => part.Dimension == DenseSet.NameOf(dimension))?.Value is { } value
                ? int.Parse(value, CultureInfo.InvariantCulture)
                : -1),
    ];

    private void Fill(double noise)
    {
        var (empty, shape) = (DenseSet.MostEmpty * _random.NextDouble(), Between(DenseSet.LeastShape, DenseSet.MostShape));
        for (var cell = 0; cell < _actual.Length; cell++)
        {
            // The inverse of the Weibull distribution.
            var value = 100 * Math.Pow(-Math.Log(1 - _random.NextDouble()), 1 / shape);
            value = _random.NextDouble() > empty ? value : 0;
            var other = Math.Max(0, value * (1 + noise * FlowGenerator.Normal(_random)));
            (_actual[cell], _expected[cell]) = _random.Next(2) == 0 ? (value, other) : (other, value);
        }
    }

    private List<(int[][] Elements, double Severity, double Scatter)> Causes(double noise)
    {
        var causes = new List<(int[][] Elements, double Severity, double Scatter)>();
        for (var left = _random.Next(1, _set.MostCauses + 1); left > 0; left--)
        {
            var layer = _set.OnlyCells ? _set.Sizes.Length : _random.Next(1, _set.Sizes.Length + 1);
            var count = _random.Next(1, _set.MostElements + 1);
            var (severity, scatter) = (Between(_set.LeastSeverity, 1) + noise, _set.MostScatter * _random.NextDouble());
            int[][]? elements;
            while ((elements = Elements(layer, count, causes)) is null)
            {
            }
            causes.Add((elements, severity, scatter));
            Truth.AddRange(elements);
        }
        return causes;
    }

    /// <summary>
    /// Null where the draw is not allowed: a cuboid twice, a value of another cause, an element twice, a cell without a value.
    /// </summary>
    private int[][]? Elements(int layer, int count, List<(int[][] Elements, double Severity, double Scatter)> before)
    {
        var dimensions = Enumerable.Range(0, _set.Sizes.Length).OrderBy(_ => _random.Next()).Take(layer).Order().ToArray();
        var isCell = layer == _set.Sizes.Length;
        if (!isCell && before.Exists(own => DimensionsOf(own.Elements[0]).SequenceEqual(dimensions)))
            return null;
        var elements = Enumerable.Range(0, count).Select(_ => Enumerable.Repeat(-1, _set.Sizes.Length).ToArray()).ToArray();
        foreach (var dimension in dimensions)
        {
            var used = before.SelectMany(own => own.Elements.Select(element => element[dimension])).ToHashSet();
            var free = Enumerable.Range(0, _set.Sizes[dimension]).Where(value => !used.Contains(value)).ToArray();
            if (free.Length == 0)
                return null;
            foreach (var element in elements)
                element[dimension] = free[_random.Next(free.Length)];
        }
        return elements.Select(static element => string.Join(',', element)).Distinct().Count() < count
            || isCell && elements.Any(element => _actual[_set.CellOf(element)] == 0)
                ? null
                : elements;
    }

    /// <summary>The noise of its cells is gone: what they had, or what was expected, is so much less than the other.</summary>
    private void Shift(int[][] elements, double severity, double scatter, bool isRise)
    {
        var (from, to) = isRise ? (_actual, _expected) : (_expected, _actual);
        for (var cell = 0; cell < from.Length; cell++)
        {
            var values = _set.Values(cell);
            if (Array.Exists(elements, element => Has(element, values)))
                to[cell] = Math.Max(0, from[cell] * (1 - (severity + scatter * FlowGenerator.Normal(_random))));
        }
    }

    private double Between(double least, double most) => least + (most - least) * _random.NextDouble();

    private static IEnumerable<int> DimensionsOf(int[] element) =>
        Enumerable.Range(0, element.Length).Where(dimension => element[dimension] >= 0);

    private static bool Has(int[] element, int[] values)
    {
        for (var dimension = 0; dimension < values.Length; dimension++)
        {
            if (element[dimension] >= 0 && element[dimension] != values[dimension])
                return false;
        }
        return true;
    }
}
