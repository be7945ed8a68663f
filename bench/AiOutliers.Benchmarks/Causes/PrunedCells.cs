using AiOutliers.Detection.Attribution;
using AiOutliers.Samples.FlowCells;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>What Druid's answers hold of a case: the largest values of each dimension, the cells of the three most promising.</summary>
internal static class PrunedCells
{
    private const int Top = 100, Dimensions = 3;
    private const string Other = "*";

    public static AttributionResult Attribute(FlowCase one)
    {
        var (actual, expected) = (one.Actual.Sum(), one.Expected.Sum());
        var sums = FlowDimensions.Names.Select((_, dimension) => Sums(one, dimension)).ToArray();
        var kept = Array.ConvertAll(sums, Largest);
        var chosen = Enumerable.Range(0, sums.Length).OrderByDescending(at => Promise(sums[at], kept[at], actual, expected))
            .Take(Dimensions).Order().ToArray();
        var builder = new CellTableBuilder([.. chosen.Select(static at => FlowDimensions.Names[at])], Other);
        for (var row = 0; row < one.Cells.Length; row++)
        {
            var cell = one.Cells[row];
            builder.Add([.. chosen.Select(at => Value(cell, at, kept[at]))], one.Actual[row], one.Expected[row]);
        }
        return Attributor.Attribute(builder.Build(), new() { MostLayers = Dimensions, Regime = AttributionRegime.Count });
    }

    private static Dictionary<int, (double Actual, double Expected)> Sums(FlowCase one, int dimension)
    {
        var sums = new Dictionary<int, (double Actual, double Expected)>();
        for (var row = 0; row < one.Cells.Length; row++)
        {
            var value = FlowDimensions.ValueOf(one.Cells[row], dimension);
            var (actual, expected) = sums.GetValueOrDefault(value);
            sums[value] = (actual + one.Actual[row], expected + one.Expected[row]);
        }
        return sums;
    }

    private static HashSet<int> Largest(Dictionary<int, (double Actual, double Expected)> sums) =>
    [
        .. sums.OrderByDescending(static own => own.Value.Actual).ThenBy(static own => own.Key).Take(Top).Select(static own => own.Key),
        .. sums.OrderByDescending(static own => own.Value.Expected).ThenBy(static own => own.Key).Take(Top).Select(static own => own.Key),
    ];

    private static double Promise(
        Dictionary<int, (double Actual, double Expected)> sums, HashSet<int> kept, double actual, double expected)
    {
        var (deviation, epsilon) = (actual - expected, 1e-4 * expected);
        return kept.Select(value => sums[value]).Where(own => Math.Abs(own.Actual - own.Expected) >= 0.1 * Math.Abs(deviation))
            .Select(own => ScanScore.Of(own.Actual + epsilon, own.Expected + epsilon, Math.Sign(own.Actual - own.Expected)))
            .DefaultIfEmpty().Max();
    }

    private static string Value(ulong cell, int dimension, HashSet<int> kept) =>
        FlowDimensions.ValueOf(cell, dimension) is var value && kept.Contains(value) ? FlowDimensions.Text(value) : Other;
}
