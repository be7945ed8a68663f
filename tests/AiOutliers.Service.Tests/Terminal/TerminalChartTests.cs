using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Tests.Terminal;

public sealed class TerminalChartTests
{
    private const long Hour = 3_600_000;
    private const long Midnight = 1709251200000;

    [Fact]
    public void Write_Hours_HasATimeAxisWithItsZone()
    {
        var lines = Drawn([.. Enumerable.Range(0, 48).Select(static hour => hour * Hour)], Hour, static hour => 10 + hour % 24);

        lines[0].ShouldBe("bytes");
        lines[^1].ShouldBe("          Mar 1       12:00       Mar 2       12:00 UTC");
    }

    [Fact]
    public void Write_MissingRows_LeaveTheirColumnsEmpty()
    {
        long[] times = [.. Enumerable.Range(0, 40).Where(static hour => hour is < 10 or >= 30).Select(static hour => hour * Hour)];
        var bottom = Drawn(times, Hour, static _ => 5)[8];

        bottom.ShouldBe("       0 ┤██████████                    ██████████");
    }

    [Fact]
    public void Write_NegativeValues_StandBetweenTheLeastAndTheMost()
    {
        var lines = Drawn([.. Enumerable.Range(0, 30).Select(static hour => hour * Hour)], Hour, static hour => hour < 15 ? -8 : 8);

        lines[1].ShouldStartWith("       8 ┤");
        lines[8].ShouldBe("      -8 ┤▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁███████████████");
        lines[1].ShouldEndWith("███████████████");
    }

    [Fact]
    public void Write_Zeros_AreNotGaps() =>
        Drawn([.. Enumerable.Range(0, 24).Select(static hour => hour * Hour)], Hour, static hour => hour < 12 ? 0 : 4)[8]
            .ShouldBe("       0 ┤▁▁▁▁▁▁▁▁▁▁▁▁████████████");

    private static string[] Drawn(long[] hours, long step, Func<int, double> value)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 200;
        long[] times = [.. hours.Select(static time => Midnight + time)];
        TerminalChart.Write(
            console, "bytes", new(times, step, 200), [.. Enumerable.Range(0, times.Length).Select(value)], new bool[times.Length]);
        return text.ToString().TrimEnd().Split('\n').Select(static line => line.TrimEnd()).ToArray();
    }
}
