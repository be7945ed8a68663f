using AiOutliers.Detection;
using Spectre.Console;

namespace AiOutliers.Service.Console;

/// <summary>A small chart of block characters: a value per column (the largest of the rows that fall into it), anomalies in red with a mark below.</summary>
internal static class TerminalChart
{
    /// <summary>Lines of a chart that stands alone.</summary>
    private const int FullHeight = 8;

    private const string Blocks = " ▁▂▃▄▅▆▇█";

    /// <param name="console">Where it goes.</param>
    /// <param name="title">The line above.</param>
    /// <param name="values">One per row; NaN leaves a gap.</param>
    /// <param name="anomalies">One per row.</param>
    /// <param name="height">In lines.</param>
    public static void Write(
        IAnsiConsole console, string title, ReadOnlySpan<double> values, ReadOnlySpan<bool> anomalies, int height = FullHeight)
    {
        var width = Math.Min(values.Length, Math.Max(20, console.Profile.Width - 12));
        var tops = new double[width];
        var marks = new bool[width];
        Fold(values, anomalies, tops, marks);
        var most = tops.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        if (!(most > 0))
            return;
        console.MarkupLineInterpolated($"[bold]{title}[/]");
        for (var line = height - 1; line >= 0; line--)
        {
            var text = new System.Text.StringBuilder(line == height - 1 ? $"{Quantity.Short(most),8} ┤" : line == 0 ? $"{"0",8} ┤" : $"{"",8} │");
            for (var x = 0; x < width; x++)
                text.Append(Cell(tops[x] / most * height - line, marks[x]));
            console.MarkupLine(text.ToString());
        }
        console.MarkupLine($"{"",10}[red]{string.Concat(marks.Select(mark => mark ? '▲' : ' '))}[/]".TrimEnd());
    }

    private static string Cell(double filled, bool anomalous)
    {
        var block = double.IsFinite(filled) ? Blocks[(int)Math.Clamp(Math.Round(filled * 8), 0, 8)] : ' ';
        return block == ' ' ? " " : anomalous ? $"[red]{block}[/]" : $"[blue]{block}[/]";
    }

    private static void Fold(ReadOnlySpan<double> values, ReadOnlySpan<bool> anomalies, Span<double> tops, Span<bool> marks)
    {
        tops.Fill(double.NaN);
        for (var row = 0; row < values.Length; row++)
        {
            var x = (int)((long)row * tops.Length / values.Length);
            if (double.IsFinite(values[row]) && !(tops[x] >= values[row]))
                tops[x] = values[row];
            marks[x] |= anomalies[row];
        }
    }
}
