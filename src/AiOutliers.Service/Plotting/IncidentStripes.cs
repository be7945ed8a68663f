using AiOutliers.Detection.Incidents;
using AiOutliers.Service.Terminal;
using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>Draws incidents as stripes through all panels of a plot.</summary>
internal sealed class IncidentStripes(PlotTheme theme, TimeAxis axis, SKFont font, SKRect area)
{
    public void Draw(SKCanvas canvas, IEnumerable<Incident> incidents, float free, float y) =>
        Draw(canvas, incidents.Select(static incident => (incident.Start, incident.End, incident.Kind)), free, y);

    public void Draw(SKCanvas canvas, IEnumerable<JointIncident> incidents, float free, float y) =>
        Draw(canvas, incidents.Select(static joint => (joint.Start, joint.End, joint.Worst.Kind)), free, y);

    /// <summary>A stripe from start to end through all panels, named above where the names have room.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="incidents">In order of their start.</param>
    /// <param name="free">Names begin here at the earliest.</param>
    /// <param name="y">The names' height.</param>
    private void Draw(SKCanvas canvas, IEnumerable<(long Start, long End, IncidentKind Kind)> incidents, float free, float y)
    {
        using var stripe = new SKPaint { Color = theme.Anomaly.WithAlpha(30) };
        foreach (var incident in incidents)
        {
            var (start, end) = (axis.X(incident.Start), Math.Max(axis.X(incident.End), axis.X(incident.Start) + 3));
            canvas.DrawRect(SKRect.Create(start, area.Top, end - start, area.Height), stripe);
            var name = IncidentWords.Kind(incident.Kind);
            var width = font.MeasureText(name);
            var x = Math.Clamp((start + end - width) / 2, area.Left, axis.Right - width);
            if (x < free)
                continue;
            SeriesPlot.Text(canvas, name, x, y, font, theme.Anomaly);
            free = x + width + 8;
        }
    }
}
