using System.Diagnostics;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Evaluation;

namespace AiOutliers.Engine.Evaluation;

/// <summary>Runs detectors over labelled series and compares what they say with the labels.</summary>
/// <param name="detectors">The detectors, in the order of the results.</param>
/// <param name="reader">Reads the series.</param>
/// <param name="toleranceMinutes">How far from an event a flag still belongs to it.</param>
public sealed class Evaluator(IReadOnlyList<IDetector> detectors, LabelledReader reader, double toleranceMinutes)
{
    private const double MinutesPerDay = 24 * 60;

    /// <summary>Short runs are repeated, for their time only.</summary>
    private const int Runs = 3;

    private static readonly TimeSpan ShortRun = TimeSpan.FromMilliseconds(20);

    private int _done;

    /// <summary>Series finished so far.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>All series, on all cores; the results in the order of the series, whichever is finished first.</summary>
    public async Task<IReadOnlyList<EvaluationRow>> EvaluateAsync(IReadOnlyList<LabelledFile> files, CancellationToken cancellation)
    {
        // Once before, so that no series pays for the compilation.
        Judge(reader.Read(files[0]), cancellation);
        var rows = new IReadOnlyList<EvaluationRow>[files.Count];
        await Parallel.ForAsync(0, files.Count, cancellation, (i, stop) =>
        {
            rows[i] = Evaluate(reader.Read(files[i]), stop);
            Interlocked.Increment(ref _done);
            return ValueTask.CompletedTask;
        });
        return [.. rows.SelectMany(series => series)];
    }

    public IReadOnlyList<EvaluationRow> Evaluate(LabelledSeries series, CancellationToken cancellation)
    {
        var window = SlidingWindow.Of(series.Table.Column(LabelledSeries.Metric));
        return [.. detectors.SelectMany(detector => Compare(series, window, JudgeFast(detector, series, cancellation)))];
    }

    /// <summary>What every detector says to a series.</summary>
    public IReadOnlyList<SeriesVerdict> Judge(LabelledSeries series, CancellationToken cancellation) =>
        [.. detectors.Select(detector => Judge(detector, series, cancellation))];

    /// <summary>The same result each time; of several short runs the fastest was disturbed least.</summary>
    private static SeriesVerdict JudgeFast(IDetector detector, LabelledSeries series, CancellationToken cancellation)
    {
        var verdict = Judge(detector, series, cancellation);
        for (var run = 1; run < Runs && verdict.Elapsed < ShortRun; run++)
        {
            var again = Judge(detector, series, cancellation);
            verdict = again.Elapsed < verdict.Elapsed ? again : verdict;
        }
        return verdict;
    }

    private static SeriesVerdict Judge(IDetector detector, LabelledSeries series, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var result = detector.Detect(series.Table, LabelledSeries.Metric, cancellation);
            return new(detector.Name, result, Stopwatch.GetElapsedTime(start), result.NoVerdict);
        }
        catch (AiOutliersException error)
        {
            return new(detector.Name, null, Stopwatch.GetElapsedTime(start), error.Message);
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
        : series.RowsPerDay is { } perDay ? (int)Math.Clamp(Math.Round(toleranceMinutes / MinutesPerDay * perDay), 1, series.Table.Rows) : 1;
}
