using AiOutliers.Detection.Attribution;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>What else is asked about an element that was found.</summary>
internal sealed class ElementDetails(CountedSource source, WindowTotals totals, double scale)
{
    /// <summary>A value that holds so much of an element is told with it.</summary>
    private const double Refined = 0.9;

    private const int Top = 3;

    private readonly WindowQueries _queries = totals.Queries;

    /// <param name="element">The element.</param>
    /// <param name="factor">What makes the source's sums the metric's.</param>
    /// <param name="others">Dimensions that the search did not see.</param>
    /// <param name="counted">Dimensions whose values are counted, where the element rose.</param>
    public async Task<ExplainedElement> AskAsync(
        AttributedElement element, double factor, IReadOnlyList<string> others, IEnumerable<string> counted)
    {
        var found = await source.AskAllAsync(others, name => RefinementAsync(element, name));
        ElementRefinement[] refinements =
            [.. element.Refinements.Where(static own => own.Value != FoldedColumn.Other), .. found.OfType<ElementRefinement>()];
        string[] open = [.. counted
            .Where(name => !element.Where.Any(part => part.Dimension == name) && !Array.Exists(refinements, own => own.Dimension == name))];
        var distinct = SignOf(element) > 0 && open.Length > 0 ? await DistinctAsync(element, open) : [];
        return new(element.Where, factor * element.Actual, factor * element.Expected, element.Share, refinements, distinct);
    }

    private async Task<ElementRefinement?> RefinementAsync(AttributedElement element, string name)
    {
        var sign = SignOf(element);
        var by = sign > 0 || !_queries.HasReferences ? WindowQueries.Actual : WindowQueries.Reference;
        var rows = await source.AskAsync(_queries.Top(name, by, Top, element.Where), answer => AnswerRows.Top(answer)
            .Select(row => (Value: AnswerRows.Text(row.GetProperty(name)), Move: sign * MoveOf(WindowSums.Of(row)))).ToArray());
        if (rows.Length == 0)
            return null;
        var (value, move) = rows.MaxBy(static row => row.Move);
        var share = move / Math.Abs(element.Actual - element.Expected);
        return share >= Refined && rows.Length > 1 ? new(name, value, Math.Min(1, share)) : rows is [var only] && share >= Refined
            ? new(name, only.Value, 1)
            : null;
    }

    /// <summary>Of a rise the values of the window count, of a drop those of the weeks before.</summary>
    private static double SignOf(AttributedElement element) => element.Actual >= element.Expected ? 1 : -1;

    private double MoveOf(WindowSums sums) => sums.Actual - scale * totals.UsualOf(sums);

    private Task<KeyValuePair<string, long>[]> DistinctAsync(AttributedElement element, string[] dimensions) =>
        source.AskAsync(_queries.Distinct(dimensions, element.Where), answer => AnswerRows.One(answer) is { } row
            ? dimensions.Select(name => KeyValuePair.Create(name, (long)Math.Round(AnswerRows.Number(row, name))))
                .Where(static one => one.Value > 0).ToArray()
            : []);
}
