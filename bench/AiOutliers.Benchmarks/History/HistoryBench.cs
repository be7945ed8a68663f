namespace AiOutliers.Benchmarks.History;

/// <summary>
/// What history must reach, row by row, each with its bar: <c>history [ROW…] [--seeds N] [--repeats N] [--questions N]</c>. Needs the
/// published build; the rows that ask a real Druid say so where there is none.
/// </summary>
internal static class HistoryBench
{
    private static readonly (string Name, Func<HistoryOptions, RealDruid, Task<IEnumerable<HistoryRow>>> Measure)[] All =
    [
        ("questions", static (_, _) => OneHourQuestions.MeasureAsync()),
        ("same-on-druid", static (_, druid) => SameOnDruid.MeasureAsync(druid)),
        ("suite", static (options, _) => Task.Run(() => SuiteHours.Measure(options.Seeds))),
        ("delay", static (options, _) => Task.Run(() => BucketsUntilSeen.Measure(options.Seeds))),
        ("embedded", static (options, _) => EmbeddedTimes.MeasureAsync(options.Repeats)),
        ("druid", static (options, druid) => DruidTimes.MeasureAsync(druid, options.Repeats)),
        ("judging", static (options, _) => Task.Run(() => JudgingTime.Measure(options.Repeats))),
        ("load", static (options, _) => ManyQuestions.MeasureAsync(options.Questions)),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var names = Array.ConvertAll(All, static row => row.Name);
        if (HistoryOptions.Parse(arguments, names) is not { } options)
        {
            Console.Error.WriteLine($"usage: history [{string.Join(" | ", names)}]… [--seeds N] [--repeats N] [--questions N]");
            return 2;
        }
        await using var druid = new RealDruid();
        List<HistoryRow> rows = [];
        foreach (var (name, measure) in All)
        {
            if (options.Rows.Count > 0 && !options.Rows.Contains(name))
                continue;
            Console.WriteLine($"== {name}");
            rows.AddRange(await measure(options, druid));
        }
        Console.WriteLine("\n| work | bar | measured |\n| --- | --- | --- |");
        rows.ForEach(static row => Console.WriteLine(row.Markdown));
        return rows.TrueForAll(static row => row.Met) ? 0 : 1;
    }
}
