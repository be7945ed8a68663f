using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Detection.Incidents;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks;

/// <summary>What the alarm found in the series of one type.</summary>
internal sealed class ShiftTally
{
    /// <summary>
    /// An event is a find when it lies within this of the disturbance: blocks are half an hour, and a slow rise is seen late.
    /// </summary>
    private const double ToleranceHours = 2;

    /// <summary>A step is found by an event that begins within this of it.</summary>
    private const double StepToleranceHours = 24;

    private readonly List<double> _beginErrors = [];
    private readonly List<double> _sizeErrors = [];
    private int _kinds;

    public int Series { get; private set; }

    public int Found { get; private set; }

    /// <summary>Events that are neither finds nor echoes of one.</summary>
    public int Others { get; private set; }

    public double Days { get; private set; }

    /// <summary>Seeds in which nothing was found.</summary>
    public List<int> Missed { get; } = [];

    /// <summary>Hours between the true begin and the found one, median.</summary>
    public double BeginError => Median(_beginErrors);

    /// <summary>|log(found size / true size)|, median; 0.1 is 10 %.</summary>
    public double SizeError => Median(_sizeErrors);

    /// <summary>The share of finds that are called what they are.</summary>
    public double RightKind => Found == 0 ? double.NaN : (double)_kinds / Found;

    public void Add(SuiteSeries series, IReadOnlyList<ShiftEvent> events)
    {
        Series++;
        Days += series.Values.Length * series.Step.TotalDays;
        if (series.Disturbances is not [var truth])
        {
            Others += events.Count;
            return;
        }
        var hours = series.Step.TotalHours;
        var finds = events.Where(found => IsFind(found, truth, hours)).ToArray();
        Others += events.Count(found => !finds.Contains(found) && !Touches(found, truth, hours));
        if (finds.MaxBy(found => Overlap(found, truth)) is not { } best)
        {
            Missed.Add(series.Seed);
            return;
        }
        Found++;
        _beginErrors.Add(Math.Abs(best.Start - truth.Start) * hours);
        if (truth.Type is SuiteType.Shift or SuiteType.StepUp or SuiteType.StepDown)
            _sizeErrors.Add(Math.Abs(Math.Log(best.Size / truth.Size)));
        _kinds += best.Kind == KindOf(truth.Type) ? 1 : 0;
    }

    private static bool IsFind(ShiftEvent found, Disturbance truth, double hours) => found.Direction == truth.Direction
        && (IsStep(truth) ? Math.Abs(found.Start - truth.Start) * hours <= StepToleranceHours : Touches(found, truth, hours));

    private static bool Touches(ShiftEvent found, Disturbance truth, double hours) =>
        (found.Start - truth.End) * hours <= ToleranceHours && (truth.Start - found.End) * hours <= ToleranceHours;

    private static bool IsStep(Disturbance truth) => truth.Type is SuiteType.StepUp or SuiteType.StepDown;

    private static int Overlap(ShiftEvent found, Disturbance truth) => Math.Min(found.End, truth.End) - Math.Max(found.Start, truth.Start);

    private static IncidentKind KindOf(SuiteType type) => type switch
    {
        SuiteType.Ramp => IncidentKind.Ramp,
        SuiteType.MissingPeak => IncidentKind.MissingPeak,
        _ => IncidentKind.LevelShift,
    };

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
