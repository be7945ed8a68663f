using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Evaluation;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Engine.Evaluation;

/// <summary>Runs detectors over labelled series, on the way that every request takes, and compares what they say with the labels.</summary>
/// <param name="detectors">The detectors, in the order of the results.</param>
/// <param name="reader">Reads the series.</param>
/// <param name="toleranceMinutes">How far from an event a flag still belongs to it.</param>
public sealed class Evaluator(IReadOnlyList<IDetector> detectors, LabelledReader reader, double toleranceMinutes)
{
    private const double MinutesPerDay = 24 * 60;

    /// <summary>Short runs are repeated, for their time only.</summary>
    private const int Runs = 3;

    private static readonly TimeSpan ShortRun = TimeSpan.FromMilliseconds(20);

    private readonly OutlierAnalyzer _analyzer = OutlierAnalyzer.OfRows(new());

    private int _done;

    /// <summary>Series finished so far.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>All series, on all cores; the results in the order of the series, whichever is finished first.</summary>
    public async Task<IReadOnlyList<EvaluationRow>> EvaluateAsync(IReadOnlyList<LabelledFile> files, CancellationToken cancellation)
    {
        // Once before, so that no series pays for the compilation.
        await JudgeAsync(reader.Read(files[0]), cancellation);
        var rows = new IReadOnlyList<EvaluationRow>[files.Count];
        await Parallel.ForAsync(0, files.Count, cancellation, async (i, stop) =>
        {
            rows[i] = await EvaluateAsync(reader.Read(files[i]), stop);
            Interlocked.Increment(ref _done);
        });
        return [.. rows.SelectMany(series => series)];
    }

    /// <summary>What every detector says to a series.</summary>
    public async Task<IReadOnlyList<SeriesVerdict>> JudgeAsync(LabelledSeries series, CancellationToken cancellation)
    {
        var verdicts = new List<SeriesVerdict>();
        foreach (var detector in detectors)
            verdicts.Add(await JudgeAsync(detector, series, cancellation));
        return verdicts;
    }

    private async Task<IReadOnlyList<EvaluationRow>> EvaluateAsync(LabelledSeries series, CancellationToken cancellation)
    {
        var window = SlidingWindow.Of(series.Table.Column(LabelledSeries.Metric));
        var rows = new List<EvaluationRow>();
        foreach (var detector in detectors)
            rows.AddRange(Compare(series, window, await JudgeFastAsync(detector, series, cancellation)));
        return rows;
    }

    /// <summary>The same result each time; of several short runs the fastest was disturbed least.</summary>
    private async Task<SeriesVerdict> JudgeFastAsync(IDetector detector, LabelledSeries series, CancellationToken cancellation)
    {
        var verdict = await JudgeAsync(detector, series, cancellation);
        for (var run = 1; run < Runs && verdict.Elapsed < ShortRun; run++)
        {
            var again = await JudgeAsync(detector, series, cancellation);
            verdict = again.Elapsed < verdict.Elapsed ? again : verdict;
        }
        return verdict;
    }

    private async Task<SeriesVerdict> JudgeAsync(IDetector detector, LabelledSeries series, CancellationToken cancellation)
    {
        var request = new AnalysisRequest
        {
            Table = series.Table,
            Detector = detector,
            Metrics = LabelledSeries.Metric,
            CompleteUntil = series.CompleteUntil,
        };
        try
        {
            var report = await _analyzer.AnalyzeAsync(request, cancellation);
            var result = report.Reports[0].Result;
            return new(detector.Name, result, report.Elapsed, result.NoVerdict);
        }
        catch (AnalysisException error)
        {
            return new(detector.Name, null, TimeSpan.Zero, error.Message);
        }
    }

    private IEnumerable<EvaluationRow> Compare(LabelledSeries series, int window, SeriesVerdict verdict)
    {
        var rows = series.Table.Rows;
        if (verdict.Result is not { } result)
            return [new(series.File, verdict.Detector, "", rows, EvaluationFigures.None, verdict.Note)];
        var events = EventAccuracy.Compute(series.Labels, result.Anomalies, Tolerance(series));
        return verdict.Scores.Select(score =>
        {
            var volume = VolumeUnderSurface.Compute(series.Labels, score.Values, window);
            var points = PointAccuracy.Compute(series.Labels, score.Values);
            return new EvaluationRow(series.File, verdict.Detector, score.Name, rows, new(
                volume.PrecisionRecall, volume.Roc, points.AveragePrecision, points.BestF1,
                events.Recall, events.FalseAlarms / series.Days, events.F1, verdict.Elapsed.TotalMilliseconds * 1000 / rows), verdict.Note);
        });
    }

    /// <summary>In rows: at least one, even where a row lasts longer than the tolerance; none when none is wanted.</summary>
    private int Tolerance(LabelledSeries series) => toleranceMinutes == 0 ? 0
        : series.RowsPerDay is { } perDay
            ? (int)Math.Clamp(Math.Round(toleranceMinutes / MinutesPerDay * perDay), 1, series.Table.Rows)
            : 1;
}
