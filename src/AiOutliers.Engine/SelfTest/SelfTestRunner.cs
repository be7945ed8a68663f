using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Engine.SelfTest;

/// <summary>
/// Disturbs copies of a series at known places and looks what is found: what would have been caught, and how soon, had it happened
/// here? Each copy is a request like any other. Delays are those of data that arrives row by row: the detector sees the series up
/// to a row, and nothing after it.
/// </summary>
public sealed class SelfTestRunner(OutlierAnalyzer analyzer)
{
    /// <summary>Rows after the beginning at which the detector looks again. Closer at first, where minutes count.</summary>
    private static readonly int[] Looks = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 72, 96, 144, 216, 288];

    /// <summary>Fewer rows do not show what is usual.</summary>
    internal const int LeastRows = 64;

    private int _done;
    private int _planned = int.MaxValue;

    /// <summary>The share of the disturbances that is tried so far.</summary>
    public double Share => (double)Volatile.Read(ref _done) / Volatile.Read(ref _planned);

    /// <param name="request">The series, or the query for it; the rows from before it belong to it. One metric.</param>
    /// <param name="cancellation">Stops between disturbances.</param>
    /// <exception cref="AnalysisException">The series cannot be judged.</exception>
    /// <exception cref="AiOutliersException">The series is too short.</exception>
    public async Task<SelfTestResult> RunAsync(AnalysisRequest request, CancellationToken cancellation)
    {
        var asked = await analyzer.AnalyzeAsync(request, cancellation);
        var (table, report) = (asked.Judged, Checked(asked));
        var whole = request with
        {
            Query = null,
            Data = null,
            Table = table,
            AskedFrom = null,
            Since = null,
            Model = report.Model,
            Metrics = report.Metric,
        };
        var untouched = await ResultAsync(whole, cancellation);
        var outcomes = await TryAllAsync(whole, untouched.Anomalies, cancellation);
        return new([.. outcomes.GroupBy(static outcome => (outcome.Injection.Kind, outcome.Injection.Size)).Select(Summarize)],
            untouched.Incidents.Count)
        {
            Read = ReadSummary.Of(asked),
            Metric = report.Metric,
            Detector = report.Model ?? report.Detector,
            Rows = table.Rows,
            StepMilliseconds = table.StepMilliseconds,
            Days = DaysOf(table),
        };
    }

    private static AnalysisReport Checked(JointReport asked)
    {
        if (asked.Reports is not [var report])
            throw new AiOutliersException(ErrorKind.BadInput,
                $"a self-test disturbs one metric, and {asked.Reports.Count} are named; name one");
        return asked.Judged.Rows >= LeastRows ? report : throw new AiOutliersException(ErrorKind.NothingToJudge,
            $"the series has {Counted.Of(asked.Judged.Rows, "row")}; a self-test needs at least {LeastRows}, and better several days");
    }

    private async Task<InjectionOutcome[]> TryAllAsync(AnalysisRequest whole, bool[] known, CancellationToken cancellation)
    {
        var plan = new InjectionPlan(whole.Table!, whole.Metrics!);
        var injections = plan.Injections();
        _planned = injections.Count;
        var outcomes = new InjectionOutcome[injections.Count];
        await Parallel.ForAsync(0, outcomes.Length, cancellation, async (i, stop) =>
        {
            outcomes[i] = await TryAsync(whole, injections[i], plan.RowsPerDay, known, stop);
            Interlocked.Increment(ref _done);
        });
        return outcomes;
    }

    private async Task<InjectionOutcome> TryAsync(
        AnalysisRequest whole, Injection injection, int rowsPerDay, bool[] known, CancellationToken cancellation)
    {
        var disturbed = Disturbed(whole, injection, rowsPerDay);
        foreach (var look in Looks)
        {
            if (injection.Start + look < disturbed.Rows && await IsFlaggedAsync(injection.Start + look))
                return new(injection, look);
        }
        return new(injection, await IsFlaggedAsync(disturbed.Rows) ? disturbed.Rows - injection.Start : null);

        async Task<bool> IsFlaggedAsync(int rows)
        {
            var anomalies = (await ResultAsync(whole with { Table = disturbed.First(rows) }, cancellation)).Anomalies;
            for (var row = injection.Start; row < Math.Min(injection.End, rows); row++)
            {
                if (anomalies[row] && !known[row])
                    return true;
            }
            return false;
        }
    }

    /// <summary>A model judges metrics together: what is computed from the disturbed one is disturbed, too.</summary>
    private MetricTable Disturbed(AnalysisRequest whole, Injection injection, int rowsPerDay)
    {
        var (table, metric) = (whole.Table!, whole.Metrics!);
        return whole.Model is null
            ? table.With(metric, injection.Apply(table.Column(metric), rowsPerDay))
            : TrafficDisturbance.Apply(table, injection, metric, together: false, rowsPerDay, analyzer.Traffic);
    }

    private async Task<DetectionResult> ResultAsync(AnalysisRequest request, CancellationToken cancellation) =>
        (await analyzer.AnalyzeAsync(request, cancellation)).Reports.Single().Result;

    private static double DaysOf(MetricTable table) =>
        TimeGrid.Of(table) is { Step: > 0 } grid ? grid.Points * (double)grid.Step / 86_400_000 : double.NaN;

    private static SelfTestCase Summarize(IGrouping<(InjectionKind Kind, double Size), InjectionOutcome> outcomes)
    {
        double[] delays = [.. outcomes.Select(static outcome => outcome.DelayRows).OfType<int>().Select(static rows => (double)rows)];
        var median = delays.Length > 0 ? Quantile.Of(delays, 0.5) : double.NaN;
        return new(outcomes.Key.Kind, outcomes.Key.Size, outcomes.Count(), delays.Length, median);
    }
}
