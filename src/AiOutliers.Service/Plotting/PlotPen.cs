using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>Draws texts and lines on a canvas, in the plots' typeface.</summary>
internal sealed class PlotPen(SKCanvas canvas) : IDisposable
{
    private readonly SKFont _font = new(SeriesPlot.Typeface, 13);
    private readonly SKFont _titleFont = new(SeriesPlot.Typeface, 18);
    private readonly SKPaint _paint = new() { IsAntialias = true, StrokeJoin = SKStrokeJoin.Round };

    public void Dispose()
    {
        _font.Dispose();
        _titleFont.Dispose();
        _paint.Dispose();
    }

    public void Text(string text, float x, float y, SKColor color, bool large = false)
    {
        (_paint.Color, _paint.IsStroke) = (color, false);
        canvas.DrawText(text, x, y, SKTextAlign.Left, large ? _titleFont : _font, _paint);
    }

    public void Line(float x1, float y1, float x2, float y2, SKColor color, float width)
    {
        (_paint.Color, _paint.StrokeWidth) = (color, width);
        canvas.DrawLine(x1, y1, x2, y2, _paint);
    }

    public void Path(SKPoint[] points, SKColor color)
    {
        (_paint.Color, _paint.StrokeWidth, _paint.IsStroke) = (color, 1.8f, true);
        canvas.DrawPoints(SKPointMode.Polygon, points, _paint);
    }
}
