using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;
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

    /// <summary>A title of more metrics than this counts them.</summary>
    private const int MostNames = 4;

    private const string Anomaly = "anomaly", Usual = "usual";

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
        DrawTitle(canvas);
        var panels = _report.Reports.Select((report, at) => new SeriesPanel(report, _theme, _areas[at], _axis)).ToArray();
        foreach (var panel in panels)
            panel.DrawGrid(canvas, _font);
        DrawUnit(canvas);
        _axis.Draw(canvas, _areas[^1].Bottom, _font, _theme);
        var (all, free) = (SKRect.Union(panels[0].Clip, panels[^1].Clip), panels.Length > 1 ? DrawNames(canvas) : Left);
        if (_report.Reports is [var only])
            Clipped(canvas, all, clipped => DrawIncidents(clipped, only.Result.Incidents.Select(Span), free, Top + 8));
        else
            Clipped(
                canvas, all with { Top = Top },
                clipped => DrawIncidents(clipped, _report.Incidents.Select(Span), free, FirstPanel - NameGap));
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

    private static (long Start, long End, IncidentKind Kind) Span(Incident incident) => (incident.Start, incident.End, incident.Kind);

    private static (long Start, long End, IncidentKind Kind) Span(JointIncident joint) => (joint.Start, joint.End, joint.Worst.Kind);

    private static void Clipped(SKCanvas canvas, SKRect area, Action<SKCanvas> draw)
    {
        canvas.Save();
        canvas.ClipRect(area);
        draw(canvas);
        canvas.Restore();
    }

    private void DrawTitle(SKCanvas canvas)
    {
        var reports = _report.Reports;
        var detector = reports[0].Model is { } model ? $"model {model}" : _report.Detector;
        var metrics = reports.Count > MostNames
            ? $"{reports.Count} metrics"
            : string.Join(", ", reports.Select(static report => report.Metric));
        Text(canvas, $"{metrics} · {detector}", 24, 32, _titleFont, _theme.Text);
        var span = $"{PlotTicks.Format(_axis.First, "yyyy-MM-dd HH:mm")} to {PlotTicks.Format(_axis.Last, "yyyy-MM-dd HH:mm")} UTC";
        var found = reports is [var one]
            ? $"{one.Result.AnomalyCount} of {Counted.Of(one.Table.Rows, "row")} anomalous"
            : $"{Counted.Of(_report.Table.Rows, "row")}{IncidentWords.Count(_report.Incidents.Count)}";
        Text(canvas, $"{span} · {found}", 24, 54, _font, _theme.Muted);
        DrawLegend(canvas, reports is [var only] ? only.Metric : "value");
    }

    /// <summary>From the right edge; left out where the title needs the room.</summary>
    private void DrawLegend(SKCanvas canvas, string value)
    {
        var entries = new List<(string Name, SKColor Color)>
        {
            (Anomaly, _theme.Anomaly), ("expected", _theme.Expected), (value, _theme.Value),
        };
        if (_report.Reports.Any(static report => report.Result.Upper is not null))
            entries.Insert(1, (Usual, _theme.Band));
        if (_report.Reports.Any(static report => report.Result.NoVerdict is not null) || ReadSummary.Of(_report).HeldBack > 0)
            entries.Insert(0, ("not judged", _theme.NotJudged));
        var x = Size.Width - Right;
        if (entries.Sum(entry => _font.MeasureText(entry.Name) + 34) > Size.Width / 2)
            return;
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var (name, color) in entries)
        {
            x -= _font.MeasureText(name);
            Text(canvas, name, x, 32, _font, _theme.Text);
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

    /// <summary>A stripe from start to end through all panels, named above where the names have room.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="incidents">In order of their start.</param>
    /// <param name="free">Names begin here at the earliest.</param>
    /// <param name="y">The names' height.</param>
    private void DrawIncidents(SKCanvas canvas, IEnumerable<(long Start, long End, IncidentKind Kind)> incidents, float free, float y)
    {
        using var stripe = new SKPaint { Color = _theme.Anomaly.WithAlpha(30) };
        var (top, bottom) = (_areas[0].Top, _areas[^1].Bottom);
        foreach (var incident in incidents)
        {
            var (start, end) = (_axis.X(incident.Start), Math.Max(_axis.X(incident.End), _axis.X(incident.Start) + 3));
            canvas.DrawRect(SKRect.Create(start, top, end - start, bottom - top), stripe);
            var name = IncidentWords.Kind(incident.Kind);
            var width = _font.MeasureText(name);
            var x = Math.Clamp((start + end - width) / 2, Left, _axis.Right - width);
            if (x < free)
                continue;
            Text(canvas, name, x, y, _font, _theme.Anomaly);
            free = x + width + 8;
        }
    }

    private static SKTypeface LoadTypeface()
    {
        // A minimal server has no fonts at all: ours comes along.
        using var font = typeof(SeriesPlot).Assembly.GetManifestResourceStream("Roboto-Regular.ttf")!;
        return SKTypeface.FromStream(font);
    }
}
