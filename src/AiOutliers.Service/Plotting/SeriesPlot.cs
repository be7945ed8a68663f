using AiOutliers.Detection;
using AiOutliers.Service.Analysis;
using AiOutliers.Service.Console;
using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>A series with its expected values, the band of ordinary ones, and the anomalies. Gaps stay gaps. Times are UTC.</summary>
internal sealed class SeriesPlot : IDisposable
{
    private const float Left = 78, Right = 24, Top = 76, Bottom = 44;

    internal static readonly SKTypeface Typeface = LoadTypeface();

    private readonly AnalysisReport _report;
    private readonly PlotTheme _theme;
    private readonly SKSize _size;
    private readonly double[] _values;
    private readonly double _least;
    private readonly double _most;
    private readonly long _first;
    private readonly long _last;
    private readonly SKFont _font = new(Typeface, 13);
    private readonly SKFont _titleFont = new(Typeface, 18);

    public SeriesPlot(AnalysisReport report, PlotTheme theme, SKSize size)
    {
        (_report, _theme, _size) = (report, theme, size);
        _values = report.Table.Column(report.Metric).ToArray();
        (_least, _most) = Range();
        var times = report.Table.Times;
        (_first, _last) = times.Length > 1 ? (times[0], times[^1]) : (times[0] - 1, times[0] + 1);
    }

    public void Draw(SKCanvas canvas)
    {
        canvas.Clear(_theme.Background);
        DrawTitle(canvas);
        DrawAxes(canvas);
        canvas.Save();
        canvas.ClipRect(new SKRect(Left - 6, Top - 6, _size.Width - Right + 6, _size.Height - Bottom + 6));
        DrawIncidents(canvas);
        DrawBand(canvas);
        DrawLine(canvas, _values, _theme.Value, 1.6f);
        DrawLine(canvas, _report.Result.Expected, _theme.Expected, 1.4f);
        DrawAnomalies(canvas);
        canvas.Restore();
    }

    public void Dispose()
    {
        _font.Dispose();
        _titleFont.Dispose();
    }

    private void DrawTitle(SKCanvas canvas)
    {
        var detector = _report.Model is { } model ? $"model {model}" : _report.Detector;
        Text(canvas, $"{_report.Metric} · {detector}", 24, 32, _titleFont, _theme.Text);
        var span = $"{PlotTicks.Format(_first, "yyyy-MM-dd HH:mm")} to {PlotTicks.Format(_last, "yyyy-MM-dd HH:mm")} UTC";
        Text(canvas, $"{span} · {_report.Result.AnomalyCount} of {_report.Table.Rows} rows anomalous", 24, 54, _font, _theme.Muted);
        DrawLegend(canvas);
    }

    /// <summary>From the right edge; left out where the title needs the room.</summary>
    private void DrawLegend(SKCanvas canvas)
    {
        (string Name, SKColor Color)[] entries = [("anomaly", _theme.Anomaly), ("expected", _theme.Expected), (_report.Metric, _theme.Value)];
        var x = _size.Width - Right;
        if (entries.Sum(entry => _font.MeasureText(entry.Name) + 34) > _size.Width / 2)
            return;
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var (name, color) in entries)
        {
            x -= _font.MeasureText(name);
            Text(canvas, name, x, 32, _font, _theme.Text);
            paint.Color = color;
            if (name == "anomaly")
                canvas.DrawCircle(x - 12, 27.5f, 4.5f, paint);
            else
                canvas.DrawRect(x - 20, 26, 14, 3, paint);
            x -= 34;
        }
    }

    private void DrawAxes(SKCanvas canvas)
    {
        using var grid = new SKPaint { Color = _theme.Grid, StrokeWidth = 1 };
        foreach (var value in PlotTicks.OfValues(_least, _most, Math.Max(2, (int)(_size.Height - Top - Bottom) / 60)))
        {
            canvas.DrawLine(Left, Y(value), _size.Width - Right, Y(value), grid);
            var label = Quantity.Short(value);
            Text(canvas, label, Left - 10 - _font.MeasureText(label), Y(value) + 4.5f, _font, _theme.Muted);
        }
        var (times, format) = PlotTicks.OfTimes(_first, _last, Math.Max(2, (int)(_size.Width - Left - Right) / 90));
        foreach (var time in times)
        {
            canvas.DrawLine(X(time), _size.Height - Bottom, X(time), _size.Height - Bottom + 5, grid);
            var label = PlotTicks.Format(time, format);
            var width = _font.MeasureText(label);
            Text(canvas, label, Math.Clamp(X(time) - width / 2, 4, _size.Width - width - 4), _size.Height - Bottom + 22, _font, _theme.Muted);
        }
    }

    /// <summary>A stripe from start to end, named above where the names have room.</summary>
    private void DrawIncidents(SKCanvas canvas)
    {
        using var stripe = new SKPaint { Color = _theme.Anomaly.WithAlpha(30) };
        var free = Left;
        foreach (var incident in _report.Result.Incidents)
        {
            var (start, end) = (X(incident.Start), Math.Max(X(incident.End), X(incident.Start) + 3));
            canvas.DrawRect(SKRect.Create(start, Top, end - start, _size.Height - Bottom - Top), stripe);
            var name = IncidentWords.Kind(incident.Kind);
            var width = _font.MeasureText(name);
            var x = Math.Clamp((start + end - width) / 2, Left, _size.Width - Right - width);
            if (x < free)
                continue;
            Text(canvas, name, x, Top + 8, _font, _theme.Anomaly);
            free = x + width + 8;
        }
    }

    private void DrawBand(SKCanvas canvas)
    {
        if (_report.Result is not { Lower: { } lower, Upper: { } upper })
            return;
        using var paint = new SKPaint { Color = _theme.Band, IsAntialias = true };
        foreach (var (start, end) in Runs(upper))
        {
            using var path = new SKPathBuilder();
            path.MoveTo(X(_report.Table.Times[start]), Y(upper[start]));
            for (var row = start + 1; row < end; row++)
                path.LineTo(X(_report.Table.Times[row]), Y(upper[row]));
            for (var row = end - 1; row >= start; row--)
                path.LineTo(X(_report.Table.Times[row]), Y(lower[row]));
            path.Close();
            using var shape = path.Detach();
            canvas.DrawPath(shape, paint);
        }
    }

    private void DrawLine(SKCanvas canvas, double[] values, SKColor color, float width)
    {
        using var paint = new SKPaint { Color = color, StrokeWidth = width, IsStroke = true, IsAntialias = true, StrokeJoin = SKStrokeJoin.Round };
        foreach (var (start, end) in Runs(values))
        {
            if (end - start == 1)
            {
                canvas.DrawPoint(X(_report.Table.Times[start]), Y(values[start]), paint);
                continue;
            }
            using var path = new SKPathBuilder();
            path.MoveTo(X(_report.Table.Times[start]), Y(values[start]));
            // Half a unit is one pixel of a PNG.
            foreach (var row in PlotThinning.Rows(values, start, end, row => (int)(2 * X(_report.Table.Times[row]))))
                path.LineTo(X(_report.Table.Times[row]), Y(values[row]));
            using var line = path.Detach();
            canvas.DrawPath(line, paint);
        }
    }

    private void DrawAnomalies(SKCanvas canvas)
    {
        using var ring = new SKPaint { Color = _theme.Background, IsAntialias = true };
        using var dot = new SKPaint { Color = _theme.Anomaly, IsAntialias = true };
        for (var row = 0; row < _values.Length; row++)
        {
            if (!_report.Result.Anomalies[row])
                continue;
            canvas.DrawCircle(X(_report.Table.Times[row]), Y(_values[row]), 5.5f, ring);
            canvas.DrawCircle(X(_report.Table.Times[row]), Y(_values[row]), 4.5f, dot);
        }
    }

    /// <summary>Rows without a gap: neither missing values nor missing rows between them.</summary>
    private List<(int Start, int End)> Runs(double[] values)
    {
        var runs = new List<(int, int)>();
        var start = -1;
        for (var row = 0; row <= values.Length; row++)
        {
            var known = row < values.Length && double.IsFinite(values[row]);
            var gap = row > 0 && row < values.Length && _report.Table.Times[row] - _report.Table.Times[row - 1] > 1.5 * _report.Table.StepMilliseconds;
            if (start >= 0 && (!known || gap))
            {
                runs.Add((start, row));
                start = -1;
            }
            if (known && start < 0)
                start = row;
        }
        return runs;
    }

    /// <summary>From 0, or below where there are negative values, to a little above the highest value; the band may leave the picture.</summary>
    private (double Least, double Most) Range()
    {
        var known = _values.Concat(_report.Result.Expected).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (least, most) = (Math.Min(0, known.Min()), Math.Max(0, known.Max()));
        return most > least ? (least * 1.05, most + 0.05 * (most - least)) : (0, 1);
    }

    private float X(long time) => Left + (float)((double)(time - _first) / (_last - _first) * (_size.Width - Left - Right));

    private float Y(double value) => _size.Height - Bottom - (float)(Math.Clamp((value - _least) / (_most - _least), -10, 10) * (_size.Height - Top - Bottom));

    private static void Text(SKCanvas canvas, string text, float x, float y, SKFont font, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, y, SKTextAlign.Left, font, paint);
    }

    private static SKTypeface LoadTypeface()
    {
        // A minimal server has no fonts at all: ours comes along.
        using var font = typeof(SeriesPlot).Assembly.GetManifestResourceStream("Roboto-Regular.ttf")!;
        return SKTypeface.FromStream(font);
    }
}
