using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Terminal;
using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>What stands above a plot: what it shows, what was found, and the legend. Times are UTC.</summary>
internal sealed class PlotHeading(JointReport report, PlotTheme theme, TimeAxis axis, SKFont font, SKFont titleFont)
{
    /// <summary>A title of more metrics than this counts them.</summary>
    private const int MostNames = 4;

    private const float Edge = 24;

    private const string Anomaly = "anomaly", Usual = "usual";

    /// <param name="canvas">Where.</param>
    /// <param name="width">The picture's.</param>
    public void Draw(SKCanvas canvas, float width)
    {
        var reports = report.Reports;
        var detector = reports[0].Model is { } model ? $"model {model}" : report.Detector;
        var metrics = reports.Count > MostNames
            ? $"{reports.Count} metrics"
            : string.Join(", ", reports.Select(static one => one.Metric));
        SeriesPlot.Text(canvas, $"{metrics} · {detector}", Edge, 32, titleFont, theme.Text);
        var span = $"{PlotTicks.Format(axis.First, "yyyy-MM-dd HH:mm")} to {PlotTicks.Format(axis.Last, "yyyy-MM-dd HH:mm")} UTC";
        var found = reports is [var one]
            ? $"{one.Result.AnomalyCount} of {Counted.Of(one.Table.Rows, "row")} anomalous"
            : $"{Counted.Of(report.Table.Rows, "row")}{IncidentWords.Count(report.Incidents.Count)}";
        SeriesPlot.Text(canvas, $"{span} · {found}", Edge, 54, font, theme.Muted);
        DrawLegend(canvas, reports is [var only] ? only.Metric : "value", width);
    }

    /// <summary>From the right edge; left out where the title needs the room.</summary>
    private void DrawLegend(SKCanvas canvas, string value, float width)
    {
        var entries = new List<(string Name, SKColor Color)>
        {
            (Anomaly, theme.Anomaly), ("expected", theme.Expected), (value, theme.Value),
        };
        if (report.Reports.Any(static one => one.Result.Upper is not null))
            entries.Insert(1, (Usual, theme.Band));
        if (report.Reports.Any(static one => one.Result.NoVerdict is not null) || ReadSummary.Of(report).HeldBack > 0)
            entries.Insert(0, ("not judged", theme.NotJudged));
        var x = width - Edge;
        if (entries.Sum(entry => font.MeasureText(entry.Name) + 34) > width / 2)
            return;
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var (name, color) in entries)
        {
            x -= font.MeasureText(name);
            SeriesPlot.Text(canvas, name, x, 32, font, theme.Text);
            paint.Color = color;
            if (name == Anomaly)
                canvas.DrawCircle(x - 12, 27.5f, 4.5f, paint);
            else if (color.Alpha < byte.MaxValue)
                canvas.DrawRect(x - 20, 22, 14, 11, paint);
            else
                canvas.DrawRect(x - 20, 26, 14, 3, paint);
            x -= 34;
        }
    }
}
