using System.Globalization;

namespace AiOutliers.Detection.Attribution;

/// <summary>Collects cells. Those of equal values are added up; null is a value of its own.</summary>
/// <param name="dimensions">The names, at least one.</param>
/// <param name="folded">A value that stands for all that are not listed: it is never an answer. Null where there is none.</param>
public sealed class CellTableBuilder(IReadOnlyList<string> dimensions, string? folded = null)
{
    /// <summary>Some 200 MB while they are searched.</summary>
    public const int MostRows = 200_000;

    private readonly ValueNumbers[] _numbers = [.. dimensions.Select(static _ => new ValueNumbers())];
    private readonly List<int>[] _codes = [.. dimensions.Select(static _ => new List<int>())];
    private readonly List<double> _actual = [];
    private readonly List<double> _expected = [];

    /// <exception cref="AiOutliersException">A number is negative, infinite or NaN, or there are too many cells.</exception>
    public void Add(ReadOnlySpan<string?> values, double actual, double expected)
    {
        if (values.Length != dimensions.Count)
            throw new ArgumentException($"A cell has {values.Length} values for {dimensions.Count} dimensions.", nameof(values));
        Check(actual);
        Check(expected);
        if (actual == 0 && expected == 0)
            return;
        if (_actual.Count == 2 * MostRows)
            throw TooMany();
        for (var d = 0; d < values.Length; d++)
            _codes[d].Add(_numbers[d].Of(values[d]));
        _actual.Add(actual);
        _expected.Add(expected);
    }

    /// <exception cref="AiOutliersException">There are too many cells.</exception>
    public CellTable Build()
    {
        var texts = new string?[dimensions.Count][];
        var codes = new int[dimensions.Count][];
        for (var d = 0; d < texts.Length; d++)
        {
            (texts[d], var rank) = _numbers[d].InOrder();
            codes[d] = [.. _codes[d].Select(code => rank[code])];
        }
        var (cells, actual, expected) = Merged(codes);
        return cells.Length <= MostRows
            ? new(dimensions, texts, [.. codes.Select(own => Array.ConvertAll(cells, row => own[row]))], actual, expected, folded)
            : throw TooMany();
    }

    /// <summary>The first row of each combination, in the order in which they came, and the sums over all its rows.</summary>
    private (int[] First, double[] Actual, double[] Expected) Merged(int[][] codes)
    {
        var known = new RowIndex(codes, _actual.Count);
        var (first, actual, expected) = (new List<int>(), new List<double>(), new List<double>());
        for (var row = 0; row < _actual.Count; row++)
        {
            var at = known.Add(row);
            if (at == first.Count)
            {
                first.Add(row);
                actual.Add(0);
                expected.Add(0);
            }
            actual[at] += _actual[row];
            expected[at] += _expected[row];
        }
        return ([.. first], [.. actual], [.. expected]);
    }

    private static void Check(double value)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new AiOutliersException(ErrorKind.BadInput, string.Create(CultureInfo.InvariantCulture,
                $"a cell holds {value}; causes are found for counts and sums that are not negative"));
    }

    private static AiOutliersException TooMany() => new(ErrorKind.BadInput, string.Create(CultureInfo.InvariantCulture,
        $"there are more than {MostRows:N0} cells; take fewer dimensions, or a shorter window"));
}
