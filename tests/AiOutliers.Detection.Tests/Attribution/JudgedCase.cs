using System.Globalization;
using AiOutliers.Detection.Attribution;
using AiOutliers.Samples.FlowCells;

namespace AiOutliers.Detection.Tests.Attribution;

/// <summary>What the search finds in a case of known cause.</summary>
/// <param name="Result">The answer.</param>
/// <param name="IsExact">Every cause is hit and nothing else is named.</param>
internal sealed record JudgedCase(AttributionResult Result, bool IsExact)
{
    /// <summary>Of |actual − expected| of both together: elements that share so much are the same cells, whatever names they have.</summary>
    private const double SameCells = 0.9;

    public static JudgedCase Of(FlowCaseKind kind, int seed)
    {
        var one = FlowCase.Of(kind, seed);
        return Of(one, Attributor.Attribute(Cells(one), new() { MostLayers = 3 }));
    }

    public static JudgedCase Of(FlowCase one, AttributionResult result)
    {
        var found = result.Elements.Select(static element => Element(element.Where)).ToList();
        var isExact = found.Count == one.Truth.Count
            && one.Truth.TrueForAll(truth => found.FindIndex(element => IsSame(one, truth, element)) is >= 0 and var at && Remove(found, at));
        return new(result, isExact);
    }

    public static CellTable Cells(FlowCase one)
    {
        var builder = new CellTableBuilder(FlowDimensions.Names);
        var values = new string[FlowDimensions.Names.Length];
        for (var row = 0; row < one.Cells.Length; row++)
        {
            for (var dimension = 0; dimension < values.Length; dimension++)
                values[dimension] = FlowDimensions.Text(FlowDimensions.ValueOf(one.Cells[row], dimension));
            builder.Add(values, one.Actual[row], one.Expected[row]);
        }
        return builder.Build();
    }

    private static FlowElement Element(IReadOnlyList<ElementPart> where) => new([.. where.Select(static part =>
        (Array.IndexOf(FlowDimensions.Names, part.Dimension), int.Parse(part.Value!, CultureInfo.InvariantCulture)))]);

    private static bool IsSame(FlowCase one, FlowElement truth, FlowElement element)
    {
        var (both, either) = (0.0, 0.0);
        for (var row = 0; row < one.Cells.Length; row++)
        {
            var (inTruth, inElement) = (truth.Has(one.Cells[row]), element.Has(one.Cells[row]));
            var weight = Math.Abs(one.Actual[row] - one.Expected[row]);
            both += inTruth && inElement ? weight : 0;
            either += inTruth || inElement ? weight : 0;
        }
        return both >= SameCells * either;
    }

    private static bool Remove(List<FlowElement> found, int at)
    {
        found.RemoveAt(at);
        return true;
    }
}
