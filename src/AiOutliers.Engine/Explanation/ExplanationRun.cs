using AiOutliers.Detection.Attribution;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>One explanation, once the totals are known.</summary>
/// <param name="request">The question.</param>
/// <param name="traffic">Names the dimensions that are worth counting.</param>
/// <param name="source">Is asked.</param>
/// <param name="totals">What there is in all.</param>
internal sealed class ExplanationRun(ExplanationRequest request, TrafficSchema traffic, CountedSource source, WindowTotals totals)
{
    /// <summary>A total that moved less hardly deviates.</summary>
    private const double HardlyDeviates = 0.02;

    private readonly List<string> _warnings = [];

    /// <summary>What makes the usual the window's expectation.</summary>
    private readonly double _scale = totals.Scale(request.Judged);

    private double Expected => totals.References == 0 ? 0 : _scale * totals.Usual;

    public async Task<ExplanationReport> ExplainAsync(IReadOnlyList<string> dimensions)
    {
        if (totals is { Rows: 0, References: 0 })
        {
            return Report(ExplanationVerdict.NoData) with
            {
                Warnings = ["The data source has no rows in this window, nor at the same time in earlier weeks."],
            };
        }
        _warnings.AddRange(totals.Warnings());
        var choice = new DimensionChoice(source, totals);
        var usable = await choice.AskAsync(dimensions, areNamed: request.Dimensions.Count > 0);
        _warnings.AddRange(choice.Warnings);
        if (usable.Length == 0)
            return Report(ExplanationVerdict.NoData);
        var cells = await WindowCells.AskAsync(source, totals, _scale, usable, request.Direction);
        if (cells.Truncated)
            _warnings.Add($"{cells.Reason}: only {Names(cells.Dimensions)} were looked into together.");
        var result = Attributor.Attribute(cells.Table, new()
        {
            MostElements = request.Top,
            MostLayers = cells.Dimensions.Count,
            Regime = AttributionRegime.Count,
            Direction = request.Direction,
            Unit = totals.Unit,
        });
        var elements = await DetailsAsync(result.Elements, cells, usable.Except(cells.Dimensions), dimensions);
        return Report(VerdictOf(result.Verdict)) with
        {
            OutsideShare = result.OutsideShare,
            Elements = elements,
            Alternatives = result.Alternatives,
            Explained = result.Explained,
            Dimensions = [.. usable.Select(static own => own.Name)],
            Cells = cells.Table.Rows,
            Truncated = cells.Truncated,
        };
    }

    private ExplanationReport Report(ExplanationVerdict verdict) => new()
    {
        Window = request.Window,
        Metric = request.Metric,
        Value = totals.FactorOf(totals.All.Per) * totals.All.Actual,
        Expected = totals.FactorOf(totals.All.Per) * Expected,
        Verdict = verdict,
        References = totals.References,
        Warnings = _warnings,
    };

    /// <summary>What else is known of the elements; they stand without it where the source refuses.</summary>
    private async Task<IReadOnlyList<ExplainedElement>> DetailsAsync(
        IReadOnlyList<AttributedElement> elements, WindowCells cells, IEnumerable<DimensionTop> others, IReadOnlyList<string> dimensions)
    {
        var details = new ElementDetails(source, totals, _scale);
        string[] names = [.. others.Select(static own => own.Name)];
        string[] counted = [.. dimensions.Union(traffic.ExplainDimensions)];
        var told = await source.AskAllAsync(
            elements, element => details.AskAsync(element, totals.FactorOf(cells.PerOf(element)), names, counted));
        if (told.Select(static own => own.Refusal).OfType<string>().FirstOrDefault() is { } refusal)
            _warnings.Add($"Not all that is known of the elements could be asked: {refusal}.");
        return [.. told.Select(static own => own.Element)];
    }

    private ExplanationVerdict VerdictOf(AttributionVerdict verdict) => verdict switch
    {
        AttributionVerdict.NoData => ExplanationVerdict.NoData,
        _ when Math.Abs(totals.All.Actual - Expected) < HardlyDeviates * Expected => ExplanationVerdict.HardlyDeviates,
        AttributionVerdict.Outside => ExplanationVerdict.Outside,
        AttributionVerdict.Mixed => ExplanationVerdict.Mixed,
        _ => ExplanationVerdict.Concentrated,
    };

    private static string Names(IReadOnlyList<DimensionTop> dimensions) => string.Join(", ", dimensions.Select(static own => own.Name));
}
