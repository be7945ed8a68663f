using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Engine.SelfTest;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>What <c>selftest</c> shows: a row per kind and size.</summary>
internal static class SelfTestTable
{
    private const int BarWidth = 12;

    public static void Write(IAnsiConsole console, SelfTestResult result)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("disturbance")
            .AddColumn(new TableColumn("size").RightAligned())
            .AddColumn("found")
            .AddColumn(new TableColumn("of").RightAligned())
            .AddColumn(new TableColumn("median delay").RightAligned());
        foreach (var test in result.Cases)
        {
            var bar = (int)Math.Round((double)BarWidth * test.Found / test.Tried);
            table.AddRow(
                NameOf(test.Kind),
                SizeOf(test.Kind, test.Size),
                $"[green]{new string('█', bar)}[/][grey]{new string('·', BarWidth - bar)}[/]",
                $"{test.Found}/{test.Tried}",
                double.IsNaN(test.MedianDelayRows)
                    ? "–" : IncidentWords.Duration((long)(test.MedianDelayRows * result.StepMilliseconds)));
        }
        console.Write(table);
        var rate = string.Create(CultureInfo.InvariantCulture, $"{result.IncidentsUntouched / result.Days:0.##}");
        var untouched = $"{Counted.Of(result.IncidentsUntouched, "incident")} in {Counted.Days(result.Days)}";
        var series = $"{result.Metric}, {Counted.Of(result.Rows, "row")}, {result.Detector}";
        console.MarkupLineInterpolated(
            $"{series}. Untouched, the series has {untouched}: {rate} a day, real or false.");
    }

    private static string NameOf(InjectionKind kind) => kind switch
    {
        InjectionKind.Spike => "spike, 3 rows",
        InjectionKind.Dip => "dip, 3 rows",
        InjectionKind.Outage => "outage",
        InjectionKind.Shift => "shift, 6 h",
        InjectionKind.Ramp => "ramp, 12 h",
        InjectionKind.Plateau => "plateau, 30 min",
        _ => "missing peak, 12 h",
    };

    private static string SizeOf(InjectionKind kind, double size) => kind switch
    {
        InjectionKind.Outage => Counted.Of((long)size, "row"),
        InjectionKind.Dip or InjectionKind.MissingPeak => string.Create(CultureInfo.InvariantCulture, $"−{size * 100:0} %"),
        _ => string.Create(CultureInfo.InvariantCulture, $"+{size * 100:0} %"),
    };
}
