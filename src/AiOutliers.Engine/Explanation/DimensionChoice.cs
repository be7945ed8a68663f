using AiOutliers.Detection;

namespace AiOutliers.Engine.Explanation;

/// <summary>Which of the dimensions can be looked into, and why others cannot.</summary>
/// <param name="source">Is asked.</param>
/// <param name="totals">What there is in all.</param>
internal sealed class DimensionChoice(CountedSource source, WindowTotals totals)
{
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    /// <param name="dimensions">Their names.</param>
    /// <param name="areNamed">Whether the question names them: those that are configured may be of another data source.</param>
    /// <exception cref="AiOutliersException">
    /// The source refuses each of them, or no row has a value of those that were asked about, and one does not exist.
    /// </exception>
    public async Task<DimensionTop[]> AskAsync(IReadOnlyList<string> dimensions, bool areNamed)
    {
        var answers = await source.AskAllAsync(dimensions, AskAsync);
        if (answers.Length > 0 && answers.All(static own => own.Refusal is not null))
            throw answers[0].Refusal!;
        _warnings.AddRange(dimensions.Zip(answers).Where(static own => own.Second.Refusal is not null)
            .Select(static own => $"The dimension '{own.First}' is left out: {own.Second.Refusal!.Message}."));
        DimensionTop[] tops = [.. answers.Select(static own => own.Top).OfType<DimensionTop>()];
        DimensionTop[] usable = [.. tops.Where(IsUsable)];
        if (usable.Length > 0)
            return usable;
        if (areNamed)
            await source.CheckAsync(totals.Queries.Query, [.. tops.Where(static own => own.IsEmpty).Select(static own => own.Name)]);
        _warnings.AddRange(tops.Where(static own => own is { IsEmpty: false, Values.Count: 1 })
            .Select(static own => $"The dimension '{own.Name}' has one value here: there is nothing to choose."));
        return [];
    }

    /// <summary>A dimension of millions of values may be more than the source can hold; the others are still worth an answer.</summary>
    private async Task<(DimensionTop? Top, AiOutliersException? Refusal)> AskAsync(string name)
    {
        try
        {
            return (await DimensionTop.AskAsync(source, totals.Queries, name), null);
        }
        catch (AiOutliersException error)
        {
            return (null, error);
        }
    }

    private bool IsUsable(DimensionTop own)
    {
        if (own.IsEmpty)
        {
            _warnings.Add($"The dimension '{own.Name}' has no values here; check its name.");
            return false;
        }
        if (own.HasSeveralPerRow(totals))
        {
            _warnings.Add($"The dimension '{own.Name}' has several values in a row, which would count twice; it is left out.");
            return false;
        }
        // With one value there is nothing to choose; a filter pins it.
        return own.Values.Count > 1;
    }
}
