using System.Globalization;
using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Engine;
using AiOutliers.Engine.Training;
using AiOutliers.Models.Folder;
using AiOutliers.Samples.FlowSuite;

namespace AiOutliers.Benchmarks;

/// <summary>
/// For each seed: a model is trained as <c>train</c> does on four weeks of a place at 5 minutes, and judges the 14 days after them, which
/// hold 12 incidents. Beside it what two numbers make of the same model, and the default detector. <c>flow-suite [FIRST_SEED [SEEDS]]
/// [--misses]</c>; no parameter was chosen on seeds from 1000 on.
/// </summary>
internal static class FlowSuiteReport
{
    private const string ByColumns = "autoencoder, sharp or sustained";
    private const string SharpOnly = "autoencoder, sharp (ranked by the largest column)";
    private const string TwoNumbers = "autoencoder, bytes, mean + 5 deviations";
    private const string Scan = "seasonal-scan, bytes";

    private static readonly string[] FourCounts = ["bytes", "clients", "flows", "pkts"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var misses = arguments.Contains("--misses");
        var numbers = arguments.Where(static argument => argument != "--misses")
            .Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var firstSeed = numbers.Length > 0 ? numbers[0] : 1000;
        var seeds = Enumerable.Range(firstSeed, numbers.Length > 1 ? numbers[1] : 3).ToArray();
        Dictionary<string, FlowTally> tallies = new(StringComparer.Ordinal);
        Console.WriteLine($"Seeds {seeds[0]} to {seeds[^1]}, {FlowSeries.OrdinaryDays} days to learn from, {FlowSeries.JudgedDays} judged, "
            + $"{FlowSeries.StepMinutes} minutes.");
        foreach (var seed in seeds)
            await JudgeAsync(seed, tallies);
        var kinds = Enum.GetValues<FlowIncidentKind>();
        Console.WriteLine($"| rule | found | {string.Join(" | ", kinds)} | false a day | average precision |");
        Console.WriteLine($"| --- | --- | {string.Concat(kinds.Select(static _ => "--- | "))}--- | --- |");
        foreach (var (rule, tally) in tallies)
        {
            var precision = tally.Precisions.Count == 0
                ? ""
                : Text($"{tally.Precisions.Average():0.00} ({tally.Precisions.Min():0.00} to {tally.Precisions.Max():0.00})");
            var found = $"{tally.Found} of {tally.Incidents} | {string.Join(" | ", kinds.Select(tally.FoundOf))}";
            Console.WriteLine(Text($"| {rule} | {found} | {tally.FalseEvents / tally.Days:0.000} ({tally.FalseEvents}) | {precision} |"));
            if (misses)
                tally.Missed.ForEach(static missed => Console.WriteLine($"  missed: {missed}"));
        }
        return 0;
    }

    private static async Task JudgeAsync(int seed, Dictionary<string, FlowTally> tallies)
    {
        var series = FlowSeries.Make(seed);
        var model = await TrainAsync(FlowTables.Of(series.Rows.Take(series.OrdinaryRows), FlowSeries.StepMinutes));
        var judged = FlowTables.Of(series.Rows.Skip(series.OrdinaryRows), FlowSeries.StepMinutes);
        var byColumns = new AutoencoderDetector(model).Detect(judged, "bytes");
        var largest = byColumns.OtherScores.Single(static score => score.Name == "sharp").Values;
        Add(ByColumns, byColumns.Anomalies, byColumns.Scores);
        Add(SharpOnly, Array.ConvertAll(byColumns.Alarms!, static alarms => alarms.HasFlag(AlarmClasses.Sharp)), largest);
        var bytes = model.Profile.Residuals[0].Metrics[model.Profile.Metrics.ToList().IndexOf("bytes")];
        var twoNumbers = new AutoencoderDetector(new(model.Network, model.Profile with
        {
            Residuals = [],
            AverageLoss = bytes.Mean,
            LossDeviation = bytes.Deviation,
        })).Detect(judged, "bytes");
        Add(TwoNumbers, twoNumbers.Anomalies, twoNumbers.Scores);
        var scan = DetectorCatalog.Create(DetectorCatalog.Default, new());
        var found = scan.Detect(judged, "bytes");
        Add(Scan, found.Anomalies, found.Scores);
        var any = new bool[judged.Rows];
        foreach (var metric in FourCounts)
            any = [.. any.Zip(scan.Detect(judged, metric).Anomalies, static (a, b) => a || b)];
        Add("seasonal-scan, bytes, clients, flows or pkts", any, []);

        void Add(string rule, bool[] flags, double[] scores)
        {
            if (!tallies.TryGetValue(rule, out var tally))
                tallies.Add(rule, tally = new());
            tally.Add(seed, series, flags, scores);
        }
    }

    /// <summary>To its files and back, as a user has it.</summary>
    private static async Task<Autoencoder> TrainAsync(MetricTable ordinary)
    {
        var folder = Directory.CreateTempSubdirectory("aioutliers-suite-").FullName;
        try
        {
            var job = new TrainingJob(new(), folder, source: null, TimeProvider.System);
            var outcome = await job.RunAsync(new("suite") { Data = [ordinary] }, progress: null, CancellationToken.None);
            Console.WriteLine(Text($"{outcome.Rows} rows, {outcome.LeftOutRows} left out, {outcome.Training.Epochs.Count} epochs, ")
                + Text($"loss {outcome.LossAfter:0.00000}, {outcome.Duration.TotalSeconds:0.0} s"));
            return ModelFiles.Load(folder, "suite").Autoencoder;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
