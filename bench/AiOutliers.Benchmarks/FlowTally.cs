using AiOutliers.Detection.Evaluation;
using AiOutliers.Samples.FlowSuite;

namespace AiOutliers.Benchmarks;

/// <summary>What one rule found in the judged days of several series.</summary>
internal sealed class FlowTally
{
    /// <summary>30 minutes: what is flagged so near to an incident belongs to it, and flags so near to each other are one event.</summary>
    private const int Tolerance = 30 / FlowSeries.StepMinutes;

    private readonly Dictionary<FlowIncidentKind, int> _found = [];
    private readonly List<double> _precisions = [];

    public int Incidents { get; private set; }

    public int Found => _found.Values.Sum();

    public int FalseEvents { get; private set; }

    public double Days { get; private set; }

    /// <summary>Of the score, row by row, one entry per series.</summary>
    public IReadOnlyList<double> Precisions => _precisions;

    /// <summary>Seed and incident.</summary>
    public List<string> Missed { get; } = [];

    public int FoundOf(FlowIncidentKind kind) => _found.GetValueOrDefault(kind);

    /// <param name="seed">The series'.</param>
    /// <param name="series">The series.</param>
    /// <param name="flags">The verdict, one per judged row.</param>
    /// <param name="scores">What the rows are ranked by; empty: not ranked.</param>
    public void Add(int seed, FlowSeries series, ReadOnlySpan<bool> flags, ReadOnlySpan<double> scores)
    {
        var labels = new bool[flags.Length];
        foreach (var incident in series.Incidents)
        {
            var (start, length) = (incident.Start - series.OrdinaryRows, incident.End - incident.Start);
            labels.AsSpan(start, length).Fill(true);
            if (flags.Slice(start - Tolerance, length + 2 * Tolerance).Contains(true))
                _found[incident.Kind] = FoundOf(incident.Kind) + 1;
            else
                Missed.Add(FormattableString.Invariant(
                    $"{seed} {incident.Kind} {series.Rows[incident.Start].Time:yyyy-MM-ddTHH:mmZ} {length} rows, {incident.Size:0.00}"));
        }
        Incidents += series.Incidents.Count;
        FalseEvents += EventAccuracy.Compute(labels, flags, Tolerance).FalseAlarms;
        Days += flags.Length * FlowSeries.StepMinutes / 1440.0;
        if (!scores.IsEmpty)
            _precisions.Add(PointAccuracy.Compute(labels, scores).AveragePrecision);
    }
}
