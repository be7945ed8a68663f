using System.Net;
using AiOutliers.Detection;
using AiOutliers.Detection.Evaluation;
using AiOutliers.Engine.Evaluation;
using AiOutliers.Service.Plotting;
using static System.FormattableString;

namespace AiOutliers.Service.Evaluation.Report;

/// <summary>One series of the report: the line with its labels and flags, and a strip below for every score.</summary>
internal static class SeriesPanels
{
    /// <summary>Marks on the axis: so many fit on a telephone.</summary>
    private const int MaxTicks = 6;

    private static readonly string Begin = Invariant($"""<svg viewBox="0 0 {SeriesDrawing.Width} {SeriesDrawing.Height}" """)
        + """preserveAspectRatio="none" aria-hidden="true">""";

    public static void Write(TextWriter page, SeriesDrawing drawing, IReadOnlyList<SeriesVerdict> verdicts)
    {
        var series = drawing.Series;
        var labels = Labels(drawing);
        var first = verdicts.FirstOrDefault(verdict => verdict.Result is not null)?.Result;
        page.Write($"""<div class="panel"><span>{Quantity.Short(drawing.Least)} to {Quantity.Short(drawing.Most)}</span>{Begin}""");
        page.Write($"""{labels}<path class="value" d="{drawing.Line()}"/>""");
        if (first is not null)
            page.Write($"""<path class="flag" d="{drawing.Dots(first.Anomalies)}"/>""");
        page.WriteLine("</svg></div>");
        foreach (var verdict in verdicts)
        {
            if (verdict.Note is { } note)
                page.WriteLine($"""<p class="muted">{Encode(verdict.Detector)}: {Encode(note)}</p>""");
            foreach (var (index, score) in verdict.Scores.Index())
            {
                var range = $"0 to {Quantity.Short(score.Values.Max())}";
                page.Write($"""<div class="panel score"><span>{Encode(verdict.Detector)} {Encode(score.Name)}, {range}</span>{Begin}""");
                page.Write($"""{labels}<path class="area" d="{drawing.Area(score.Values)}"/>""");
                if (index == 0)
                    page.Write($"""<path class="flag" d="{drawing.Dots(verdict.Result!.Anomalies, SeriesDrawing.Height - 16)}"/>""");
                page.WriteLine("</svg></div>");
            }
        }
        WriteAxis(page, series);
    }

    private static string Labels(SeriesDrawing drawing) => string.Concat(RowRange.Of(drawing.Series.Labels).Select(range =>
    {
        var (from, to) = drawing.Columns(range.Start, range.End);
        var timestamps = drawing.Series.Table.Timestamps;
        var title = $"{Encode(timestamps[range.Start])} to {Encode(timestamps[range.End])}";
        return Invariant($"""<rect class="label" x="{from}" y="0" width="{to - from}" height="{SeriesDrawing.Height}">""")
            + $"<title>{title}</title></rect>";
    }));

    private static void WriteAxis(TextWriter page, LabelledSeries series)
    {
        var (table, rows) = (series.Table, series.Table.Rows);
        var known = table.Column(LabelledSeries.Metric).ToArray().Count(double.IsFinite);
        var (from, to) = (table.Times[0], Math.Max(table.Times[^1], table.Times[0] + 1));
        var hasTimes = series.File.Layout != SeriesLayout.TsbAd;
        if (hasTimes)
        {
            page.Write("""<div class="axis">""");
            var (ticks, format) = PlotTicks.OfTimes(from, to, MaxTicks);
            // Marks near the edges would leave the page.
            foreach (var tick in ticks.Where(tick => (double)(tick - from) / (to - from) is > 0.04 and < 0.96))
            {
                var percent = 100.0 * (tick - from) / (to - from);
                page.Write(Invariant($"""<span style="left:{percent:F2}%">{PlotTicks.Format(tick, format)}</span>"""));
            }
            page.WriteLine("</div>");
        }
        var missing = known < rows ? Invariant($", {rows - known:N0} of them without a value") : "";
        var interval = hasTimes ? $", {Encode(table.Timestamps[0])} to {Encode(table.Timestamps[^1])}" : "";
        var anomalous = series.Labels.Count(label => label);
        page.WriteLine(Invariant($"""<p class="muted">{rows:N0} rows{missing}{interval}, {anomalous:N0} labelled anomalous</p>"""));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
