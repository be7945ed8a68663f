using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Analysis.Many;
using AiOutliers.Service.Options;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>detect</c> of many series: each is judged by itself, and the exit code is the worst.</summary>
internal static class DetectSeries
{
    /// <summary>The dimensions of <c>--by</c>; null where it is not given.</summary>
    public static IReadOnlyList<string>? By(ParseResult parsed) =>
        parsed.GetValue(DetectOptions.By)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The query of many series, where the input is one or <c>--by</c> makes it one; else null.</summary>
    public static DruidQuery? QueryOf(DetectInput input, ParseResult parsed)
    {
        if (input.Query is not { } text)
            return null;
        var query = DruidQuery.Parse(text.Span);
        if (By(parsed) is { } by)
            return KeyedQuery.By(query, by);
        return KeyedQuery.HasKeys(query) ? query : null;
    }

    public static Task<FetchedSeries> FetchAsync(
        DruidQuery query, IDruidSource source, Settings settings, HistorySpan? history, CancellationToken cancellation) =>
        new SeriesSource(source, settings.Engine, TimeProvider.System).FetchAsync(new(query) { History = history }, cancellation);

    /// <exception cref="AiOutliersException">The data has no series, or lacks the metric.</exception>
    public static async Task<int> RunAsync(
        FetchedSeries series, OutlierAnalyzer analyzer, AnalysisRequest request, string source, ParseResult parsed,
        DetectCauses? causes, CancellationToken cancellation)
    {
        Check(series, request, parsed);
        var table = new SeriesTable();
        var judged = new SeriesJudge(analyzer).JudgeAsync(series, request, cancellation);
        var (exitCode, failOn) = (ExitCode.Success, parsed.GetValue(DetectOptions.FailOn));
        async Task WriteAsync(SeriesOutput? file)
        {
            var rows = Rows(series, parsed);
            await foreach (var plain in judged)
            {
                var report = causes is null ? plain : await causes.OfAsync(plain, cancellation);
                Print(() => rows?.Add(report));
                file?.Add(report);
                table.Add(report);
                exitCode = DetectVerdict.Worse(
                    exitCode, report.Report is { } joint ? DetectVerdict.Of(joint, failOn) : ExitCode.NotJudged);
            }
            Print(() => rows?.Dispose());
        }
        await WithFileAsync(series, parsed, WriteAsync);
        Finish(series, source, parsed, table);
        causes?.WriteLeftOut(parsed);
        return exitCode;
    }

    /// <exception cref="AiOutliersException">The data has no series, or lacks the metric.</exception>
    private static void Check(FetchedSeries series, AnalysisRequest request, ParseResult parsed)
    {
        if (parsed.GetValue(DetectOptions.Plot) is not null)
            throw new AiOutliersException(ErrorKind.BadInput,
                $"--plot draws one series, and there are {series.Series.Count}; ask for one with a filter");
        if (series.Series.Count == 0)
            throw new AiOutliersException(ErrorKind.NothingToJudge,
                "the data has no rows; check the query's interval, its data source and its filter");
        if (request.Metrics is { } metrics)
            MetricChoice.Named(series.Series.Table(0), metrics);
    }

    private static SeriesOutput? Rows(FetchedSeries series, ParseResult parsed) =>
        parsed.GetValue(DetectOptions.Format) is var format and not "table"
            ? SeriesOutput.Open(format, series.Series.Dimensions, System.Console.OpenStandardOutput())
            : null;

    /// <summary>A file that is written at the same time is not to blame.</summary>
    private static void Print(Action write)
    {
        try
        {
            write();
        }
        catch (IOException error)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"standard output cannot be written: {error.Message}", error);
        }
    }

    private static Task WithFileAsync(FetchedSeries series, ParseResult parsed, Func<SeriesOutput?, Task> write) =>
        parsed.GetValue(DetectOptions.Output) is not { } path ? write(null) : WholeFile.WriteAsync(path, async file =>
        {
            using var output = SeriesOutput.Open(ReportFile.CheckedExtension(path)[1..], series.Series.Dimensions, file);
            await write(output);
        });

    private static void Finish(FetchedSeries series, string source, ParseResult parsed, SeriesTable table)
    {
        var warnings = series.Warnings.ToArray();
        var read = ReadWords.Of(table.Read with { Series = series.Series.Count }, source);
        if (parsed.GetValue(DetectOptions.Format) == "table")
        {
            System.Console.WriteLine(read);
            table.Write(AnsiConsole.Console, warnings);
            return;
        }
        foreach (var line in warnings.Concat(table.Notes()).Prepend(read))
            System.Console.Error.WriteLine(line);
    }
}
