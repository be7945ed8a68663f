using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.SelfTest;

/// <summary>
/// Disturbs copies of a series at known places and looks what a detector finds: what would have been caught, and how soon, had it happened here?
/// Delays are those of data that arrives row by row: the detector sees the series up to a row, and nothing after it.
/// </summary>
/// <param name="detector">What is tested.</param>
/// <param name="table">The series.</param>
/// <param name="metric">The metric that is disturbed and judged.</param>
public sealed class SelfTestRunner(IDetector detector, MetricTable table, string metric)
{
    /// <summary>Copies per kind and size. A share of 12 is known to about ± .14: enough to tell "always" from "never".</summary>
    private const int Places = 12;

    /// <summary>Rows after the beginning at which the detector looks again. Closer at first, where minutes count.</summary>
    private static readonly int[] Looks = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 72, 96, 144, 216, 288];

    /// <summary>Fewer rows hold no usual that a disturbance could be told from.</summary>
    public const int LeastRows = 64;

    private readonly TimeGrid _grid = TimeGrid.Of(table);
    private readonly DetectionResult _untouched = detector.Detect(table, metric);

    private int RowsPerDay => _grid.PointsPerDay > 0 ? Math.Min(_grid.PointsPerDay, table.Rows / 2) : Math.Max(8, table.Rows / 8);

    /// <param name="done">Called after each injection, from many threads.</param>
    /// <param name="cancellation">Stops between injections.</param>
    /// <exception cref="AiOutliersException">The series is too short.</exception>
    public SelfTestResult Run(Action? done = null, CancellationToken cancellation = default)
    {
        if (table.Rows < LeastRows)
            throw new AiOutliersException(ErrorKind.BadInput, $"the series has {table.Rows} rows; a self-test needs at least {LeastRows}, and better several days");
        var injections = Injections();
        var outcomes = new InjectionOutcome[injections.Count];
        Parallel.For(0, outcomes.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            outcomes[i] = Try(injections[i]);
            done?.Invoke();
        });
        return new(
            [.. outcomes.GroupBy(static outcome => (outcome.Injection.Kind, outcome.Injection.Size)).Select(Summarize)],
            _untouched.Incidents.Count,
            _grid.Step > 0 ? _grid.Points * (double)_grid.Step / 86_400_000 : double.NaN);
    }

    /// <summary>Every kind and size at <see cref="Places"/> places, spread evenly over the second half of the series: the first is the history.</summary>
    public IReadOnlyList<Injection> Injections()
    {
        var injections = new List<Injection>();
        foreach (var kind in Enum.GetValues<InjectionKind>())
        {
            foreach (var size in Injection.Sizes(kind))
            {
                var length = Math.Min(Injection.LengthOf(kind, size, RowsPerDay), table.Rows / 4);
                var (first, room) = (table.Rows / 2, table.Rows - table.Rows / 2 - length);
                for (var place = 0; place < Places; place++)
                {
                    var start = first + (int)((place + 0.5) / Places * room);
                    start = kind == InjectionKind.MissingPeak ? AtPeak(start, length) : start;
                    injections.Add(new(kind, size, KnownFrom(start, first, length), length));
                }
            }
        }
        return injections;
    }

    /// <summary>The next place at which most rows have a value: what is missing cannot be disturbed. The place itself where there is none.</summary>
    private int KnownFrom(int start, int first, int length)
    {
        var values = table.Column(metric);
        var room = values.Length - length - first;
        for (var moved = 0; moved <= room; moved++)
        {
            var at = first + (start - first + moved) % (room + 1);
            if (start < first || 2 * Known(values.Slice(at, length)) > length)
                return start < first ? start : at;
        }
        return start;
    }

    private static int Known(ReadOnlySpan<double> values)
    {
        var known = 0;
        foreach (var value in values)
            known += double.IsFinite(value) ? 1 : 0;
        return known;
    }

    /// <summary>Centred on the highest hour of the day around a row.</summary>
    private int AtPeak(int row, int length)
    {
        var values = table.Column(metric);
        var (from, to) = (Math.Max(0, row - RowsPerDay / 2), Math.Min(values.Length, row + RowsPerDay / 2));
        var hour = Math.Max(1, RowsPerDay / 24);
        var (peak, highest) = (row, double.NegativeInfinity);
        for (var start = from; start + hour <= to; start++)
        {
            double sum = 0;
            foreach (var value in values.Slice(start, hour))
                sum += double.IsFinite(value) ? value : 0;
            if (sum > highest)
                (peak, highest) = (start + hour / 2, sum);
        }
        return Math.Clamp(peak - length / 2, 0, values.Length - length);
    }

    private InjectionOutcome Try(Injection injection)
    {
        var disturbed = table.With(metric, injection.Apply(table.Column(metric), RowsPerDay));
        foreach (var look in Looks)
        {
            if (injection.Start + look < table.Rows && IsFlagged(disturbed, injection, injection.Start + look))
                return new(injection, look);
        }
        return new(injection, IsFlagged(disturbed, injection, table.Rows) ? table.Rows - injection.Start : null);
    }

    private bool IsFlagged(MetricTable disturbed, Injection injection, int rows)
    {
        var anomalies = detector.Detect(disturbed.First(rows), metric).Anomalies;
        for (var row = injection.Start; row < Math.Min(injection.End, rows); row++)
        {
            if (anomalies[row] && !_untouched.Anomalies[row])
                return true;
        }
        return false;
    }

    private static SelfTestCase Summarize(IGrouping<(InjectionKind Kind, double Size), InjectionOutcome> outcomes)
    {
        var delays = outcomes.Where(static outcome => outcome.DelayRows is not null).Select(static outcome => (double)outcome.DelayRows!).ToArray();
        return new(outcomes.Key.Kind, outcomes.Key.Size, outcomes.Count(), outcomes.Count(static outcome => outcome.DelayRows is not null), delays.Length > 0 ? Quantile.Of(delays, 0.5) : double.NaN);
    }
}
