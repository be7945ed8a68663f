using System.CommandLine;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Plotting;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary>What <c>detect</c> writes of one series.</summary>
internal static class DetectOutput
{
    /// <returns>The exit code.</returns>
    public static int Write(JointReport report, string source, ParseResult parsed)
    {
        var (plot, output) = (parsed.GetValue(DetectOptions.Plot), parsed.GetValue(DetectOptions.Output));
        if (output is not null)
            ReportFile.Write(output, report, source);
        if (plot is not null)
            PlotFile.Write(plot, report, parsed.GetValue(DetectOptions.Dark));
        switch (parsed.GetValue(DetectOptions.Format))
        {
            case "json": ReportJson.Write(System.Console.OpenStandardOutput(), report, source); break;
            case "csv": WriteCsv(report, source); break;
            default: Show(AnsiConsole.Console, report, source); break;
        }
        return DetectVerdict.Of(report, parsed.GetValue(DetectOptions.FailOn));
    }

    /// <summary>What is said of the rows goes to standard error: standard output has rows only.</summary>
    private static void WriteCsv(JointReport report, string source)
    {
        var errors = System.Console.Error;
        errors.WriteLine(ReadWords.Of(ReadSummary.Of(report), source));
        ReportCsv.Write(System.Console.Out, report);
        foreach (var warning in report.Warnings)
            errors.WriteLine(warning);
        foreach (var one in report.Reports.Where(static one => one.Result.NoVerdict is not null))
            errors.WriteLine($"No verdict on {one.Metric}: {one.Result.NoVerdict}");
    }

    private static void Show(IAnsiConsole console, JointReport report, string source)
    {
        console.Profile.Out.Writer.WriteLine(ReadWords.Of(ReadSummary.Of(report), source));
        if (report.Reports is [var one])
            AnomalyTable.Write(console, one);
        else
            JointTable.Write(console, report);
        CausesText.Write(console, SeriesKey.None, report);
    }
}
