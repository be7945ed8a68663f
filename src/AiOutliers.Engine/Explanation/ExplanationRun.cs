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
        var tops = await source.AskAllAsync(dimensions, name => DimensionTop.AskAsync(source, totals.Queries, name));
        DimensionTop[] usable = [.. tops.Where(IsUsable)];
        if (usable.Length == 0)
            return await NothingToChooseAsync(tops);
        var cells = await WindowCells.AskAsync(source, totals, _scale, usable, request.Direction);
        if (cells.Truncated)
            _warnings.Add($"There are too many cells: only {Names(cells.Dimensions)} were looked into together.");
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

    private async Task<ExplanationReport> NothingToChooseAsync(DimensionTop[] tops)
    {
        // Those that are configured may be of another data source.
        if (request.Dimensions.Count > 0)
            await source.CheckAsync(totals.Queries.Query, [.. tops.Where(static own => own.IsEmpty).Select(static own => own.Name)]);
        _warnings.AddRange(tops.Where(static own => own is { IsEmpty: false, Values.Count: 1 })
            .Select(static own => $"The dimension '{own.Name}' has one value here: there is nothing to choose."));
        return Report(ExplanationVerdict.NoData);
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

    private Task<ExplainedElement[]> DetailsAsync(
        IReadOnlyList<AttributedElement> elements, WindowCells cells, IEnumerable<DimensionTop> others, IReadOnlyList<string> dimensions)
    {
        var details = new ElementDetails(source, totals, _scale);
        string[] names = [.. others.Select(static own => own.Name)];
        string[] counted = [.. dimensions.Union(traffic.ExplainDimensions)];
        return source.AskAllAsync(elements, element => details.AskAsync(element, totals.FactorOf(cells.PerOf(element)), names, counted));
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
