using AiOutliers.Detection.Attribution;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>What else is asked about an element that was found.</summary>
internal sealed class ElementDetails(CountedSource source, WindowTotals totals, double scale)
{
    /// <summary>A value that holds so much of an element is named with it.</summary>
    private const double Refined = 0.9;

    private const int Top = 3;

    private readonly WindowQueries _queries = totals.Queries;

    /// <param name="element">The element.</param>
    /// <param name="factor">What makes the source's sums the metric's.</param>
    /// <param name="others">Dimensions that the search did not see.</param>
    /// <param name="counted">Dimensions whose values are counted, where the element rose.</param>
    /// <returns>The element, and the source's words where it refused to tell something of it.</returns>
    public async Task<(ExplainedElement Element, string? Refusal)> AskAsync(
        AttributedElement element, double factor, IReadOnlyList<string> others, IEnumerable<string> counted)
    {
        var found = await source.AskAllAsync(others, name => RefinementAsync(element, name));
        ElementRefinement[] refinements = [
            .. element.Refinements.Where(static own => own.Value != FoldedColumn.Other),
            .. found.Select(static own => own.Found).OfType<ElementRefinement>()];
        string[] open = [.. counted
            .Where(name => !element.Where.Any(part => part.Dimension == name) && !Array.Exists(refinements, own => own.Dimension == name))];
        var (distinct, refusal) = SignOf(element) > 0 && open.Length > 0 ? await DistinctAsync(element, open) : ([], null);
        return (
            new(element.Where, factor * element.Actual, factor * element.Expected, element.Share, refinements, distinct ?? []),
            refusal ?? found.Select(static own => own.Refusal).FirstOrDefault(static own => own is not null));
    }

    private async Task<(ElementRefinement? Found, string? Refusal)> RefinementAsync(AttributedElement element, string name)
    {
        var sign = SignOf(element);
        var by = sign > 0 || !_queries.HasReferences ? WindowQueries.Actual : WindowQueries.Reference;
        var (rows, refusal) = await source.TryAskAsync(_queries.Top(name, by, Top, element.Where), answer => DruidRows.Top(answer)
            .Select(row => (Value: DruidRows.Text(row.GetProperty(name)), Move: sign * MoveOf(WindowSums.Of(row)))).ToArray());
        if (rows is null or [])
            return (null, refusal);
        var (value, move) = rows.MaxBy(static row => row.Move);
        var share = move / Math.Abs(element.Actual - element.Expected);
        return (share >= Refined ? new(name, value, rows.Length > 1 ? Math.Min(1, share) : 1) : null, null);
    }

    /// <summary>Of a rise the values of the window count, of a drop those of the weeks before.</summary>
    private static double SignOf(AttributedElement element) => element.Actual >= element.Expected ? 1 : -1;

    private double MoveOf(WindowSums sums) => sums.Actual - scale * totals.UsualOf(sums);

    private Task<(KeyValuePair<string, long>[]? Answer, string? Refusal)> DistinctAsync(AttributedElement element, string[] dimensions) =>
        source.TryAskAsync(_queries.Distinct(dimensions, element.Where), answer => DruidRows.One(answer) is { } row
            ? dimensions.Select(name => KeyValuePair.Create(name, (long)Math.Round(DruidRows.Number(row, name))))
                .Where(static one => one.Value > 0).ToArray()
            : []);
}
