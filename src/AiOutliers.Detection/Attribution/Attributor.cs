using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Attribution;

/// <summary>
/// Finds which dimension values carry a deviation. Pure and deterministic: the same cells give the same answer, and ties never depend
/// on the order of a hash. docs/causes.md has the method with its symbols.
/// </summary>
public static class Attributor
{
    /// <summary>A cell that halves stands out by itself below this noise.</summary>
    private const double DenseNoise = 0.35;

    /// <summary>φ lies between the size of one event and so many of it.</summary>
    private const double MostOverdispersion = 30;

    private const double EpsilonOfOverdispersion = 0.1;
    private const double EpsilonOfTotal = 1e-4;

    /// <exception cref="AiOutliersException">There are too many dimensions.</exception>
    public static AttributionResult Attribute(CellTable cells, AttributionOptions? options = null)
    {
        options ??= new();
        var (deviation, sign) = Deviation(cells, options.Direction);
        if (cells.Rows == 0 || deviation == 0)
            return AttributionResult.NoData;
        var sizes = CellMoves.Sizes(cells.Actual, cells.Expected);
        var noise = options.Regime is null ? CellNoise.Of(CellMoves.Of(cells.Actual, cells.Expected, sizes, sign), sizes) : null;
        var regime = options.Regime
            ?? (OrderStatistics.Median([.. noise!]) <= DenseNoise ? AttributionRegime.Dense : AttributionRegime.Count);
        var search = Search(cells, options, deviation, sign, sizes);
        var alternatives = regime == AttributionRegime.Count ? Alternatives.Of(search) : [];
        var factor = CommonShift.Factor(ShiftOf(search, regime, sizes), sign);
        var outside = factor == 1 ? 0 : (factor - 1) * cells.Expected.Sum() / deviation;
        if (factor != 1)
            search.Expect(factor);
        return regime == AttributionRegime.Dense
            ? AttributionResult.Of(Dense(search, factor == 1 ? noise : null), outside, false, alternatives, regime)
            : Count(search, outside, alternatives);
    }

    private static AttributionResult Count(CellSearch search, double outside, List<AlternativeElement> alternatives)
    {
        var look = new CountSearch(search);
        var elements = look.Run(outside);
        var isClear = look.HasClear;
        if (!isClear && SecondLook.Run(search) is { Count: > 0 } clear)
            (elements, isClear) = (clear, true);
        return AttributionResult.Of(ByShare(elements), look.Outside, isClear, alternatives, AttributionRegime.Count);
    }

    /// <summary>Where each cell says something, more of them have to be near a shift that all have in common than near none.</summary>
    private static double ShiftOf(CellSearch search, AttributionRegime regime, double[] sizes)
    {
        var shift = CommonShift.Of(search);
        if (shift == 0 || regime != AttributionRegime.Dense)
            return shift;
        var moves = CellMoves.Of(search.Cells.Actual, search.Cells.Expected, sizes, search.Sign);
        var stayed = moves.Count(move => Math.Abs(move) < shift / 2);
        return stayed > moves.Count(move => Math.Abs(move - shift) < shift / 2) ? 0 : shift;
    }

    private static List<AttributedElement> ByShare(List<AttributedElement> elements) =>
        [.. elements.OrderByDescending(static element => Math.Abs(element.Share))];

    /// <summary>Where the total moved the other way, what is to be explained is the sum over the cells that moved the incident's.</summary>
    private static (double Deviation, double Sign) Deviation(CellTable cells, Direction direction)
    {
        var deviation = cells.Actual.Sum() - cells.Expected.Sum();
        if (deviation == 0)
            return (0, 1);
        double sign = direction switch { Direction.Up => 1, Direction.Down => -1, _ => Math.Sign(deviation) };
        if (sign * deviation > 0)
            return (deviation, sign);
        var sum = 0.0;
        for (var row = 0; row < cells.Rows; row++)
            sum += Math.Max(sign * (cells.Actual[row] - cells.Expected[row]), 0);
        return (sign * sum, sign);
    }

    private static CellSearch Search(CellTable cells, AttributionOptions options, double deviation, double sign, double[] sizes)
    {
        var cuboids = CuboidLattice.Of(cells, options.MostLayers);
        var (overdispersion, relative) = ElementNoise.Of(cells, cuboids);
        var unit = options.Unit is > 0 and var told ? told : OrderStatistics.Median([.. sizes]);
        overdispersion = Math.Clamp(overdispersion, unit, MostOverdispersion * unit);
        foreach (var cuboid in cuboids)
        {
            var noise = cuboid.Dimensions.Max(dimension => relative[dimension]);
            cuboid.Noise = noise * noise;
        }
        return new(cells, cuboids, deviation, sign, options)
        {
            Overdispersion = overdispersion,
            Epsilon = Math.Max(EpsilonOfOverdispersion * overdispersion, EpsilonOfTotal * cells.Expected.Sum()),
        };
    }

    /// <param name="search">The cells, with the common shift in what was expected.</param>
    /// <param name="noise">Per cell: its noise, where it is known already.</param>
    private static List<AttributedElement> Dense(CellSearch search, double[]? noise)
    {
        var (actual, expected) = (search.Cells.Actual, search.Expected);
        var sizes = CellMoves.Sizes(actual, expected);
        var moves = CellMoves.Of(actual, expected, sizes, search.Sign);
        var found = new DenseSearch(search, moves, noise ?? CellNoise.Of(moves, sizes)).Run();
        return search.Options.LeastShare > 0
            ? [.. found.Where(element => element.Share >= search.Options.LeastShare).OrderByDescending(static element => element.Share)]
            : found;
    }
}
