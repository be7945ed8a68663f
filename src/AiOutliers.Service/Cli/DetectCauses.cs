using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Explanation;
using AiOutliers.Service.Options;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>detect --explain</c>: the causes of the incidents.</summary>
internal sealed class DetectCauses(IncidentExplainer explainer, DruidQuery query)
{
    /// <summary>The dimensions that are configured.</summary>
    public const string Configured = "auto";

    /// <summary>Null where causes are not asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="source">What is asked.</param>
    /// <param name="input">What was given.</param>
    /// <param name="many">The query of many series; null where it is one.</param>
    /// <exception cref="AiOutliersException">They are, and there is nothing that could be asked for them.</exception>
    public static DetectCauses? Open(ParseResult parsed, Settings settings, IDruidSource? source, DetectInput input, DruidQuery? many)
    {
        if (parsed.GetValue(DetectOptions.Explain) is not { } text)
            return null;
        if (source is null || input.Query is not { } query)
            throw new AiOutliersException(ErrorKind.BadInput,
                "--explain asks the data source for causes, so it takes a Druid query, and [Druid] druid_endpoint; rows alone do not tell");
        string[] dimensions = text == Configured
            ? []
            : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (traffic, zone) = (settings.Engine.Traffic, settings.Engine.SeasonalScan.TimeZone);
        var explainer = new IncidentExplainer(new(traffic, source, TimeProvider.System, zone), traffic, dimensions);
        return new(explainer, many ?? DruidQuery.Parse(query.Span));
    }

    public Task<JointReport> OfAsync(JointReport report, CancellationToken cancellation) =>
        Waiting.ForAsync("Looking for causes", () => explainer.ExplainAsync(report, query, SeriesKey.None, cancellation));

    public async Task<SeriesReport> OfAsync(SeriesReport series, CancellationToken cancellation) => series.Report is { } report
        ? series with { Report = await explainer.ExplainAsync(report, query, series.Key, cancellation) }
        : series;

    /// <summary>Below a table.</summary>
    public void WriteLeftOut(ParseResult parsed)
    {
        if (explainer.LeftOut > 0 && parsed.GetValue(DetectOptions.Format) == "table")
            AnsiConsole.Console.MarkupLineInterpolated(
                $"[yellow]The causes of {explainer.LeftOut} less severe or later incidents were not looked for.[/]");
    }
}
