using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>Where times lie on a picture.</summary>
/// <param name="First">The time at the left edge, in milliseconds since 1970.</param>
/// <param name="Last">The time at the right edge.</param>
/// <param name="Left">The left edge.</param>
/// <param name="Right">The right edge.</param>
internal sealed record TimeAxis(long First, long Last, float Left, float Right)
{
    /// <summary>Room for a label such as <c>12:00</c> or <c>Sep 24</c>, and as much beside it.</summary>
    private const int LabelRoom = 68;

    private const float ZoneLeft = 24;

    /// <summary>So far beyond the right edge a label may reach.</summary>
    private const float Overhang = 20;

    /// <summary>From the first row to the last.</summary>
    public static TimeAxis Of(ReadOnlySpan<long> times, float left, float right) =>
        times.Length > 1 ? new(times[0], times[^1], left, right) : new(times[0] - 1, times[0] + 1, left, right);

    public float X(long time) => Left + (float)((double)(time - First) / (Last - First) * (Right - Left));

    /// <summary>Marks at round times, which are written below.</summary>
    public void Draw(SKCanvas canvas, float top, SKFont font, PlotTheme theme)
    {
        using var grid = new SKPaint { Color = theme.Grid, StrokeWidth = 1 };
        SeriesPlot.Text(canvas, "UTC", ZoneLeft, top + 22, font, theme.Muted);
        var (times, format) = PlotTicks.OfTimes(First, Last, Math.Max(2, (int)(Right - Left) / LabelRoom));
        foreach (var time in times)
        {
            canvas.DrawLine(X(time), top, X(time), top + 5, grid);
            var label = PlotTicks.Format(time, format);
            var size = font.MeasureText(label);
            SeriesPlot.Text(canvas, label, Math.Clamp(X(time) - size / 2, 4, Right + Overhang - size), top + 22, font, theme.Muted);
        }
    }
}
