using AiOutliers.Detection;
using AiOutliers.Engine.Training;
using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>The loss of a training, epoch by epoch, on a logarithmic axis: what early epochs gain would hide what late ones do.</summary>
internal static class LossPlot
{
    private const float Left = 78, Right = 24, Top = 76, Bottom = 52;

    public static void Draw(SKCanvas canvas, TrainingOutcome outcome)
    {
        var theme = PlotTheme.Light;
        var epochs = outcome.Training.Epochs;
        var validation = epochs
            .Where(static epoch => epoch.ValidationLoss is > 0)
            .Select(static epoch => (epoch.Epoch, Loss: epoch.ValidationLoss!.Value))
            .ToArray();
        var training = epochs.Where(static epoch => epoch.Loss > 0).Select(static epoch => (epoch.Epoch, epoch.Loss)).ToArray();
        var area = new SKRect(Left, Top, PlotFile.Size.Width - Right, PlotFile.Size.Height - Bottom);
        using var pen = new PlotPen(canvas);
        canvas.Clear(theme.Background);
        pen.Text($"loss · model {outcome.Model}", 24, 32, theme.Text, large: true);
        pen.Text($"{Counted.Of(epochs.Count, "epoch")}, the weights are those of epoch {outcome.Training.KeptEpoch}", 24, 54, theme.Muted);
        pen.Text("training (with dropout and noise)", area.Right - 330, 32, theme.Value);
        pen.Text("validation", area.Right - 70, 32, theme.Expected);
        var all = training.Concat(validation).Select(static point => point.Loss).DefaultIfEmpty(1).ToArray();
        var (minimum, maximum) = (all.Min() / 1.1, all.Max() * 1.1);
        pen.Text("loss (logarithmic)", 24, Top - 6, theme.Muted);
        pen.Text("epoch", area.MidX - 18, area.Bottom + 40, theme.Muted);
        foreach (var value in Ticks(minimum, maximum))
        {
            pen.Line(area.Left, Y(value), area.Right, Y(value), theme.Grid, 1);
            pen.Text(value.ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture), 24, Y(value) + 4.5f, theme.Muted);
        }
        foreach (var epoch in PlotTicks.OfValues(1, Math.Max(2, epochs.Count), 10).Where(static epoch => epoch == Math.Floor(epoch)))
            pen.Text($"{epoch:0}", X(epoch) - 6, area.Bottom + 22, theme.Muted);
        pen.Path([.. training.Select(Point)], theme.Value);
        pen.Path([.. validation.Select(Point)], theme.Expected);
        pen.Line(X(outcome.Training.KeptEpoch), area.Top, X(outcome.Training.KeptEpoch), area.Bottom, theme.Anomaly, 1);

        float X(double epoch) => area.Left + (float)((epoch - 1) / Math.Max(1, epochs.Count - 1)) * area.Width;
        float Y(double loss) => area.Bottom - (float)(Math.Log(loss / minimum) / Math.Log(maximum / minimum)) * area.Height;
        SKPoint Point((int Epoch, double Loss) point) => new(X(point.Epoch), Y(point.Loss));
    }

    /// <summary>1, 2 and 5 times the powers of ten.</summary>
    private static IEnumerable<double> Ticks(double minimum, double maximum)
    {
        for (var power = Math.Pow(10, Math.Floor(Math.Log10(minimum))); power <= maximum; power *= 10)
        {
            foreach (var tick in new[] { power, 2 * power, 5 * power }.Where(tick => minimum <= tick && tick <= maximum))
                yield return tick;
        }
    }
}
