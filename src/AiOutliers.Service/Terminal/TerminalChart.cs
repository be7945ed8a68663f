using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>
/// A small chart of block characters: a value per column (the largest of the rows that fall into it), the expected value as a line, the
/// band of ordinary values shaded, anomalies in red with a mark below, the times below that. Missing rows leave their columns empty.
/// </summary>
internal static class TerminalChart
{
    /// <summary>Lines of a chart that stands alone.</summary>
    private const int FullHeight = 8;

    private const string Blocks = " ▁▂▃▄▅▆▇█";

    /// <summary>A band may reach far above anything that was there: the chart grows by this share of the values for it, not more.</summary>
    private const double RoomForExpected = 0.25;

    /// <param name="console">Where to draw.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="columns">Where the rows lie.</param>
    /// <param name="values">One per row; NaN leaves a gap.</param>
    /// <param name="anomalies">One per row.</param>
    /// <param name="result">Has the expected values and their band; null draws none.</param>
    /// <param name="height">In lines.</param>
    public static void Write(
        IAnsiConsole console, string title, ChartColumns columns, ReadOnlySpan<double> values, ReadOnlySpan<bool> anomalies,
        DetectionResult? result = null, int height = FullHeight)
    {
        var (tops, marks) = (columns.Fold(values), columns.Marks(anomalies));
        var (expected, lower, upper) = (columns.Fold(result?.Expected), columns.Fold(result?.Lower), columns.Fold(result?.Upper));
        var (minimum, maximum) = (Math.Min(0, Least(tops)), Math.Max(0, Most(tops)));
        maximum = Math.Max(maximum, Math.Min(Most(expected), maximum + (maximum - minimum) * RoomForExpected));
        if (!(maximum > minimum))
            return;
        console.MarkupLineInterpolated($"[bold]{title}[/]");
        var lines = height / (maximum - minimum);
        for (var line = height - 1; line >= 0; line--)
        {
            var label = line == height - 1 ? $"{Quantity.Short(maximum),8} ┤"
                : line == 0 ? $"{Quantity.Short(minimum),8} ┤" : $"{"",8} │";
            var text = new StringBuilder(label);
            for (var x = 0; x < columns.Width; x++)
                text.Append(Cell(line, marks[x], Up(tops[x]), Up(expected[x]), Up(lower[x]), Up(upper[x]), height));
            console.MarkupLine(text.ToString().TrimEnd());
        }
        if (marks.Contains(true))
            console.MarkupLine($"{"",10}[red]{string.Concat(marks.Select(mark => mark ? '▲' : ' ')).TrimEnd()}[/]");
        console.WriteLine($"{"",10}{columns.Times()}");
        if (result is not null)
        {
            var band = result.Lower is null ? "" : "  [grey]░[/] usual";
            console.MarkupLine($"{"",10}[blue]█[/] {Markup.Escape(title)}  [yellow]━[/] expected{band}  [red]▲[/] anomaly");
        }

        double Up(double value) => (value - minimum) * lines;
    }

    /// <summary>What stands in a line of a column: the expected value's line, else the bar, else the band. Heights in lines.</summary>
    private static string Cell(int line, bool anomalous, double top, double expected, double lower, double upper, int height)
    {
        if (double.IsFinite(expected) && (int)Math.Min(expected, height - 0.01) == line && expected <= height)
            return "[yellow]━[/]";
        var block = double.IsFinite(top) ? Blocks[(int)Math.Clamp(Math.Round((top - line) * 8), line == 0 ? 1 : 0, 8)] : ' ';
        if (block != ' ')
            return anomalous ? $"[red]{block}[/]" : $"[blue]{block}[/]";
        return line + 0.5 > lower && line + 0.5 < upper ? "[grey]░[/]" : " ";
    }

    private static double Most(double[] values) => values.Where(double.IsFinite).DefaultIfEmpty(0).Max();

    private static double Least(double[] values) => values.Where(double.IsFinite).DefaultIfEmpty(0).Min();
}
