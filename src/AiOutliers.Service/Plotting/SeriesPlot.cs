using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Terminal;
using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>
/// A series with its expected values, the band of ordinary ones, and the anomalies. Several metrics have a panel each, above one axis of
/// times, and their incidents are stripes through all panels. Times are UTC.
/// </summary>
internal sealed class SeriesPlot : IDisposable
{
    private const float Left = 78, Right = 24, Top = 76, Bottom = 44;

    /// <summary>Of panels among several; above each is room for its name.</summary>
    private const float FirstPanel = 104, PanelHeight = 132, PanelDistance = PanelHeight + 38;

    /// <summary>From a panel up to its name, and from a name to what follows it.</summary>
    private const float NameGap = 11;

    internal static readonly SKTypeface Typeface = LoadTypeface();

    private readonly JointReport _report;
    private readonly PlotTheme _theme;
    private readonly TimeAxis _axis;
    private readonly SKRect[] _areas;
    private readonly SKFont _font = new(Typeface, 13);
    private readonly SKFont _titleFont = new(Typeface, 18);

    /// <param name="report">What is drawn.</param>
    /// <param name="theme">Its colours.</param>
    /// <param name="size">Of a picture of one metric; several need what height they need.</param>
    public SeriesPlot(JointReport report, PlotTheme theme, SKSize size)
    {
        (_report, _theme) = (report, theme);
        _axis = TimeAxis.Of(report.Table.Times, Left, size.Width - Right);
        _areas = report.Reports.Count == 1
            ? [new(Left, Top, size.Width - Right, size.Height - Bottom)]
            : [.. report.Reports.Select((_, panel) => SKRect.Create(
                Left, FirstPanel + panel * PanelDistance, size.Width - Left - Right, PanelHeight))];
        Size = new(size.Width, _areas[^1].Bottom + Bottom);
    }

    public SKSize Size { get; }

    public void Draw(SKCanvas canvas)
    {
        canvas.Clear(_theme.Background);
        new PlotHeading(_report, _theme, _axis, _font, _titleFont).Draw(canvas, Size.Width);
        var panels = _report.Reports.Select((report, at) => new SeriesPanel(report, _theme, _areas[at], _axis)).ToArray();
        foreach (var panel in panels)
            panel.DrawGrid(canvas, _font);
        DrawUnit(canvas);
        _axis.Draw(canvas, _areas[^1].Bottom, _font, _theme);
        var (all, free) = (SKRect.Union(panels[0].Clip, panels[^1].Clip), panels.Length > 1 ? DrawNames(canvas) : Left);
        var stripes = new IncidentStripes(_theme, _axis, _font, SKRect.Union(_areas[0], _areas[^1]));
        if (_report.Reports is [var only])
            Clipped(canvas, all, clipped => stripes.Draw(clipped, only.Result.Incidents, free, Top + 8));
        else
            Clipped(canvas, all with { Top = Top }, clipped => stripes.Draw(clipped, _report.Incidents, free, FirstPanel - NameGap));
        foreach (var panel in panels)
            Clipped(canvas, panel.Clip, panel.DrawSeries);
    }

    public void Dispose()
    {
        _font.Dispose();
        _titleFont.Dispose();
    }

    internal static void Text(SKCanvas canvas, string text, float x, float y, SKFont font, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, y, SKTextAlign.Left, font, paint);
    }

    private static void Clipped(SKCanvas canvas, SKRect area, Action<SKCanvas> draw)
    {
        canvas.Save();
        canvas.ClipRect(area);
        draw(canvas);
        canvas.Restore();
    }

    /// <summary>What the numbers at the left count, and why there is no verdict on it.</summary>
    private void DrawUnit(SKCanvas canvas)
    {
        if (_report.Reports is not [var only])
            return;
        var step = only.Table.StepMilliseconds;
        Text(canvas, step > 0 ? $"{only.Metric} per {IncidentWords.Duration(step)}" : only.Metric, 24, Top - 6, _font, _theme.Muted);
        if (only.Result.NoVerdict is { } reason)
            Text(canvas, $"not judged: {reason}", Left + 12, Top + 24, _font, _theme.Text);
    }

    /// <summary>Above each panel its metric, and why it was not judged.</summary>
    /// <returns>Where the first panel's ends.</returns>
    private float DrawNames(SKCanvas canvas)
    {
        foreach (var (report, area) in _report.Reports.Zip(_areas))
        {
            Text(canvas, report.Metric, Left, area.Top - NameGap, _font, _theme.Text);
            if (Reason(report) is { Length: > 0 } reason)
                Text(canvas, reason, Left + _font.MeasureText(report.Metric) + NameGap, area.Top - NameGap, _font, _theme.Muted);
        }
        var first = _report.Reports[0];
        return Left + _font.MeasureText(first.Metric + Reason(first)) + 2 * NameGap;

        static string Reason(AnalysisReport report) => report.Result.NoVerdict is { } reason ? $"no verdict: {reason}" : "";
    }

    private static SKTypeface LoadTypeface()
    {
        // A minimal server has no fonts at all: ours comes along.
        using var font = typeof(SeriesPlot).Assembly.GetManifestResourceStream("Roboto-Regular.ttf")!;
        return SKTypeface.FromStream(font);
    }
}
