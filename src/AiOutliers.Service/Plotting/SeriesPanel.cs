using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>One metric's values with the expected ones, the band of ordinary ones, and the anomalies. Gaps stay gaps.</summary>
internal sealed class SeriesPanel
{
    /// <summary>Dots and lines at the edge are not cut.</summary>
    private const float Bleed = 6;

    private readonly AnalysisReport _report;
    private readonly PlotTheme _theme;
    private readonly SKRect _area;
    private readonly TimeAxis _axis;
    private readonly double[] _values;
    private readonly ValueScale _scale;

    /// <param name="report">What is drawn.</param>
    /// <param name="theme">Its colours.</param>
    /// <param name="area">Where.</param>
    /// <param name="axis">Where times lie.</param>
    public SeriesPanel(AnalysisReport report, PlotTheme theme, SKRect area, TimeAxis axis)
    {
        (_report, _theme, _area, _axis) = (report, theme, area, axis);
        _values = report.Table.Column(report.Metric).ToArray();
        _scale = ValueScale.Of(_values.Concat(report.Result.Expected), area);
    }

    /// <summary>What <see cref="DrawSeries"/> may draw on.</summary>
    public SKRect Clip => SKRect.Inflate(_area, Bleed, Bleed);

    /// <summary>Lines across at round values, which are written at the left.</summary>
    public void DrawGrid(SKCanvas canvas, SKFont font)
    {
        using var grid = new SKPaint { Color = _theme.Grid, StrokeWidth = 1 };
        foreach (var value in PlotTicks.OfValues(_scale.Least, _scale.Most, Math.Max(3, (int)_area.Height / 60)))
        {
            canvas.DrawLine(_area.Left, _scale.Y(value), _area.Right, _scale.Y(value), grid);
            var label = Quantity.Short(value);
            SeriesPlot.Text(canvas, label, _area.Left - 10 - font.MeasureText(label), _scale.Y(value) + 4.5f, font, _theme.Muted);
        }
    }

    public void DrawSeries(SKCanvas canvas)
    {
        DrawBand(canvas);
        DrawNotJudged(canvas);
        DrawLine(canvas, _report.Result.Expected, _theme.Expected, 1.4f);
        DrawLine(canvas, _values, _theme.Value, 1.6f);
        DrawAnomalies(canvas);
    }

    /// <summary>Grey behind rows without a verdict: all of them, or those whose bucket is not whole.</summary>
    private void DrawNotJudged(SKCanvas canvas)
    {
        using var grey = new SKPaint { Color = _theme.NotJudged };
        var times = _report.Table.Times;
        var (coverage, step) = (_report.Table.Coverage, _report.Table.StepMilliseconds);
        if (_report.Result.NoVerdict is not null)
        {
            canvas.DrawRect(_area, grey);
            return;
        }
        var (first, end) = (0, times.Length);
        while (first < end && times[first] < coverage.From)
            first++;
        while (end > first && times[end - 1] + step > coverage.Until)
            end--;
        if (first > 0)
            canvas.DrawRect(new(_area.Left, _area.Top, _axis.X(times[first - 1]) + HalfStep(), _area.Bottom), grey);
        if (end < times.Length)
            canvas.DrawRect(new(_axis.X(times[end]) - HalfStep(), _area.Top, _area.Right, _area.Bottom), grey);

        float HalfStep() => Math.Max(2, (_axis.X(_axis.First + step) - _axis.Left) / 2);
    }

    private void DrawBand(SKCanvas canvas)
    {
        if (_report.Result is not { Lower: { } lower, Upper: { } upper })
            return;
        using var paint = new SKPaint { Color = _theme.Band, IsAntialias = true };
        foreach (var (start, end) in PlotRuns.Of(_report.Table, upper))
        {
            using var path = new SKPathBuilder();
            path.MoveTo(_axis.X(_report.Table.Times[start]), _scale.Y(upper[start]));
            for (var row = start + 1; row < end; row++)
                path.LineTo(_axis.X(_report.Table.Times[row]), _scale.Y(upper[row]));
            for (var row = end - 1; row >= start; row--)
                path.LineTo(_axis.X(_report.Table.Times[row]), _scale.Y(lower[row]));
            path.Close();
            using var shape = path.Detach();
            canvas.DrawPath(shape, paint);
        }
    }

    private void DrawLine(SKCanvas canvas, double[] values, SKColor color, float width)
    {
        using var paint = new SKPaint
        {
            Color = color,
            StrokeWidth = width,
            IsStroke = true,
            IsAntialias = true,
            StrokeJoin = SKStrokeJoin.Round,
        };
        foreach (var (start, end) in PlotRuns.Of(_report.Table, values))
        {
            if (end - start == 1)
            {
                canvas.DrawPoint(_axis.X(_report.Table.Times[start]), _scale.Y(values[start]), paint);
                continue;
            }
            using var path = new SKPathBuilder();
            path.MoveTo(_axis.X(_report.Table.Times[start]), _scale.Y(values[start]));
            // Half a unit is one pixel of a PNG.
            foreach (var row in PlotThinning.Rows(values, start, end, row => (int)(2 * _axis.X(_report.Table.Times[row]))))
                path.LineTo(_axis.X(_report.Table.Times[row]), _scale.Y(values[row]));
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
            canvas.DrawCircle(_axis.X(_report.Table.Times[row]), _scale.Y(_values[row]), 5.5f, ring);
            canvas.DrawCircle(_axis.X(_report.Table.Times[row]), _scale.Y(_values[row]), 4.5f, dot);
        }
    }
}
