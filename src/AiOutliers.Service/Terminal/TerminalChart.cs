using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>
/// A small chart of block characters: a value per column (the largest of the rows that fall into it), the expected value as a line, the
/// band of ordinary values shaded, anomalies in red with a mark below.
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
    /// <param name="values">One per row; NaN leaves a gap.</param>
    /// <param name="anomalies">One per row.</param>
    /// <param name="result">Has the expected values and their band; null draws none.</param>
    /// <param name="height">In lines.</param>
    public static void Write(
        IAnsiConsole console, string title, ReadOnlySpan<double> values, ReadOnlySpan<bool> anomalies,
        DetectionResult? result = null, int height = FullHeight)
    {
        var width = Math.Min(values.Length, Math.Max(20, console.Profile.Width - 12));
        var (tops, marks) = (Fold(values, width), new bool[width]);
        for (var row = 0; row < values.Length; row++)
            marks[Column(row, values.Length, width)] |= anomalies[row];
        var (expected, lower, upper) = (Fold(result?.Expected, width), Fold(result?.Lower, width), Fold(result?.Upper, width));
        var most = Most(tops);
        most = Math.Max(most, Math.Min(Most(expected), most * (1 + RoomForExpected)));
        if (!(most > 0))
            return;
        console.MarkupLineInterpolated($"[bold]{title}[/]");
        for (var line = height - 1; line >= 0; line--)
        {
            var text = new StringBuilder(line == height - 1 ? $"{Quantity.Short(most),8} ┤" : line == 0 ? $"{"0",8} ┤" : $"{"",8} │");
            for (var x = 0; x < width; x++)
                text.Append(Cell(line, marks[x], tops[x], expected[x], lower[x], upper[x], height / most, height));
            console.MarkupLine(text.ToString());
        }
        console.MarkupLine($"{"",10}[red]{string.Concat(marks.Select(mark => mark ? '▲' : ' '))}[/]".TrimEnd());
        if (result is not null)
        {
            var band = result.Lower is null ? "" : "  [grey]░[/] usual";
            console.MarkupLine($"{"",10}[blue]█[/] {Markup.Escape(title)}  [yellow]━[/] expected{band}  [red]▲[/] anomaly");
        }
    }

    /// <summary>What stands in one line of a column: the expected value's line, else the bar, else the band.</summary>
    private static string Cell(int line, bool anomalous, double top, double expected, double lower, double upper, double lines, int height)
    {
        if (double.IsFinite(expected) && (int)Math.Min(expected * lines, height - 0.01) == line && expected * lines <= height)
            return "[yellow]━[/]";
        var filled = top * lines - line;
        var block = double.IsFinite(filled) ? Blocks[(int)Math.Clamp(Math.Round(filled * 8), 0, 8)] : ' ';
        if (block != ' ')
            return anomalous ? $"[red]{block}[/]" : $"[blue]{block}[/]";
        return line + 0.5 > lower * lines && line + 0.5 < upper * lines ? "[grey]░[/]" : " ";
    }

    private static double Most(double[] values) => values.Where(double.IsFinite).DefaultIfEmpty(0).Max();

    private static int Column(int row, int rows, int width) => (int)((long)row * width / rows);

    /// <summary>The largest of the rows of each column; NaN where there is none.</summary>
    private static double[] Fold(ReadOnlySpan<double> values, int width)
    {
        var folded = new double[width];
        Array.Fill(folded, double.NaN);
        for (var row = 0; row < values.Length; row++)
        {
            ref var column = ref folded[Column(row, values.Length, width)];
            if (double.IsFinite(values[row]) && !(column >= values[row]))
                column = values[row];
        }
        return folded;
    }
}
