using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Engine.Evaluation;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>Real series with labels: operations data by its events, NAB by its ranking.</summary>
internal static class LabelledSets
{
    private const double ToleranceMinutes = 30;

    /// <summary>Bars: event F1 0.62, VUS-PR 0.77.</summary>
    public static async Task PrintOperationsAsync(RealOptions options)
    {
        if (RealOptions.Folder("operations") is not { } folder)
            return;
        var files = LabelledFiles.Find([folder]).Files;
        IDetector[] detectors = [new SeasonalScanDetector(new()), new ShallowDetector(new())];
        var rows = await new Evaluator(detectors, new(null), ToleranceMinutes).EvaluateAsync(files, default);
        await PrintLevelsAsync(files);
        foreach (var group in new EvaluationSummary(rows, null).Groups().Where(group => options.Details || group.Name == "all"))
            Print(group);
        if (options.Details)
        {
            foreach (var row in rows.Where(static row => row.Score == "range"))
            {
                Console.WriteLine(Text($"  {row.File.Name,-60} {row.Figures.VusPr:F3} recall {row.Figures.EventRecall:F2} ")
                    + Text($"false {row.Figures.FalseEventsPerDay:F3} F1 {row.Figures.EventF1:F3}"));
            }
        }
    }

    private static async Task PrintLevelsAsync(IReadOnlyList<LabelledFile> files)
    {
        foreach (var level in new[] { "quiet", "low", "normal", "high" })
        {
            Sensitivity.TryParse(level, out var sensitivity);
            var detector = new SeasonalScanDetector(new() { Sensitivity = sensitivity });
            var rows = await new Evaluator([detector], new(null), ToleranceMinutes).EvaluateAsync(files, default);
            var all = new EvaluationSummary(rows, null).Groups().Single(static group => group.Name == "all");
            var mean = all.Means.First(static each => each.Judge.Contains("range")).Mean;
            var figures = Text($"recall {mean.EventRecall:F3}, false a day {mean.FalseEventsPerDay:F3}, event F1 {mean.EventF1:F3}");
            Console.WriteLine($"level {level,-10} {figures}");
        }
    }

    /// <summary>Bars: range 0.60 · 0.49, wide 0.67 · 0.54.</summary>
    public static async Task PrintNabAsync(RealOptions options)
    {
        if (RealOptions.Folder("nab") is not { } folder)
            return;
        var files = LabelledFiles.Find([folder]).Files;
        var evaluator = new Evaluator([new SeasonalScanDetector(new())], new(null, inOrder: true), ToleranceMinutes);
        var rows = await evaluator.EvaluateAsync(files, default);
        var summary = new EvaluationSummary(rows, PublishedTable.Read(Path.Combine(folder, "published_vus_pr.csv")));
        foreach (var group in summary.Groups().Where(static group => group.Name.Contains("published")))
            Print(group);
        foreach (var row in rows.Where(row => options.Details && row.Score is "range" or "wide"))
            Console.WriteLine(Text($"  {row.File.Name,-60} {row.Score,-6} {row.Figures.VusPr:F3}"));
    }

    private static void Print(EvaluationGroup group)
    {
        foreach (var (judge, mean) in group.Means)
        {
            Console.WriteLine(Text($"{group.Name,-42} {group.Size,-16} {judge,-22} VUS-PR {mean.VusPr:F3}, ")
                + Text($"recall {mean.EventRecall:F3}, false a day {mean.FalseEventsPerDay:F3}, event F1 {mean.EventF1:F3}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
