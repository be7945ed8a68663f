using System.Numerics.Tensors;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// How far each metric is beyond its own limits, row by row. Granularity is not a metric of the traffic and gets no verdict.
/// <para>A flood in a slice spoils what the network makes of the ordinary rows beside it; an outage that fills a slice passes for a night,
/// and the rows beside it for a flood. So rows that are odd by themselves, beyond a sharp limit or in a leap, are hidden from the network
/// (<see cref="HiddenRows"/>), with all rows around them that are half as odd. All rows of their slices are judged again, until the hidden
/// rows stay the same. A hidden row is not yet anomalous: it is judged against what the other rows let expect. What lasts is looked for in
/// the rows that are not odd by themselves.</para>
/// </summary>
internal sealed class ResidualVerdict
{
    /// <summary>
    /// Hardly any series needs more: the first round finds the event, the second its margins. The bound keeps a row that changes sides
    /// from going on for ever.
    /// </summary>
    private const int MostRounds = 3;

    private readonly string[] _metrics;
    private readonly double[][] _sharp;
    private readonly double[][] _sustained;
    private readonly double[][] _apart;

    public ResidualVerdict(Autoencoder model, MetricTable table, Reconstruction seen)
    {
        var profile = model.Profile;
        var statistics = ResidualStatistics.Nearest(profile.Residuals, table.StepMilliseconds / 60_000.0);
        var judged = Enumerable.Range(0, profile.Metrics.Count)
            .Where(column => profile.Metrics[column] != FeatureMatrix.Granularity)
            .ToArray();
        _metrics = [.. judged.Select(column => profile.Metrics[column])];
        Leaps = double.IsFinite(statistics.LeapLimit) ? CommonLeaps.Of(profile, seen) : [];
        TensorPrimitives.Abs(Leaps, Leaps);
        TensorPrimitives.Divide(Leaps, statistics.LeapLimit, Leaps);
        (Reconstruction, _sharp) = (seen, Sharp(seen));
        var (hidden, before) = (Hidden(table.Rows), new bool[table.Rows]);
        for (var round = 0; round < MostRounds && !hidden.AsSpan().SequenceEqual(before); round++)
        {
            before = hidden;
            Reconstruction = model.ReconstructWithout(seen, hidden);
            _sharp = Sharp(Reconstruction);
            hidden = Hidden(table.Rows);
        }
        var lasting = new LastingDeviations(profile, table, Reconstruction, statistics.Metrics, OddRows(table.Rows, 1));
        _sustained = [.. judged.Select(column => Multiples(lasting.Alone(column), statistics.Metrics[column].SustainedLimit, column))];
        _apart = [.. judged.Select(column => double.IsFinite(statistics.Metrics[column].ApartLimit)
            ? Multiples(lasting.Apart(column), statistics.Metrics[column].ApartLimit, column)
            : new double[table.Rows])];

        double[][] Sharp(Reconstruction reconstruction) =>
            [.. judged.Select(column =>
                ResidualVerdict.Sharp(statistics.Metrics[column], table.Column(profile.Metrics[column]), reconstruction, column))];

        double[] Multiples(LastingDeviation lasting, double ordinary, int column) =>
            ResidualVerdict.Multiples(lasting, ordinary, table.Column(profile.Metrics[column]));
    }

    /// <summary>What the network makes of the series when it does not see the odd rows: what was to be expected.</summary>
    public Reconstruction Reconstruction { get; }

    /// <summary>How far all metrics together leap, row by row, as a multiple of the limit; empty in models that have none.</summary>
    public double[] Leaps { get; }

    public double LeapAt(int row) => Leaps.Length > 0 ? Leaps[row] : 0;

    /// <summary>The largest loss of a metric, in standard deviations above its mean; not below 0.</summary>
    public double SharpAt(int row) => Largest(_sharp, row);

    /// <summary>The largest lasting deviation of a metric, as a multiple of its limit.</summary>
    public double SustainedAt(int row) => Math.Max(Largest(_sustained, row), Largest(_apart, row));

    public AlarmClasses AlarmsAt(int row) =>
        (IsSharp(row) ? AlarmClasses.Sharp : AlarmClasses.None) | (SustainedAt(row) > 1 ? AlarmClasses.Sustained : AlarmClasses.None);

    /// <summary>The metrics whose loss is beyond its limit and how far, the farthest first.</summary>
    public IEnumerable<(string Metric, double Deviations)> SharpMetrics(int row) => Beyond(_sharp, row, ResidualRule.SharpLimit);

    /// <summary>The metrics with a lasting deviation and its multiple of the limit, the largest first.</summary>
    public IEnumerable<(string Metric, double Multiple)> SustainedMetrics(int row) => Beyond(_sustained, row, 1);

    /// <summary>The metrics that deviate from the others for long, and the multiple of the limit, the largest first.</summary>
    public IEnumerable<(string Metric, double Multiple)> ApartMetrics(int row) => Beyond(_apart, row, 1);

    private bool IsSharp(int row, double limits = 1) => SharpAt(row) > limits * ResidualRule.SharpLimit || LeapAt(row) > limits;

    /// <param name="rows">How many there are.</param>
    /// <param name="limits">How many limits a row must be beyond.</param>
    private bool[] OddRows(int rows, double limits)
    {
        var odd = new bool[rows];
        for (var row = 0; row < rows; row++)
            odd[row] = IsSharp(row, limits);
        return odd;
    }

    /// <summary>Runs of rows beyond half of a limit, where one of them is beyond a whole one.</summary>
    private bool[] Hidden(int rows)
    {
        var hidden = OddRows(rows, 0.5);
        for (var row = 0; row < rows; row++)
        {
            if (!hidden[row])
                continue;
            var (start, isOdd) = (row, false);
            for (; row < rows && hidden[row]; row++)
                isOdd |= IsSharp(row);
            if (!isOdd)
                hidden.AsSpan(start, row - start).Clear();
        }
        return hidden;
    }

    private static double[] Sharp(MetricResiduals ordinary, ReadOnlySpan<double> values, Reconstruction reconstruction, int column)
    {
        var sharp = new double[values.Length];
        for (var row = 0; row < sharp.Length; row++)
        {
            if (!double.IsNaN(values[row]))
                sharp[row] = Math.Max(0, (reconstruction.Loss[row * reconstruction.Columns + column] - ordinary.Mean) / ordinary.Deviation);
        }
        return sharp;
    }

    private static double[] Multiples(LastingDeviation lasting, double ordinary, ReadOnlySpan<double> values)
    {
        var multiples = lasting.Multiples(ResidualRule.SustainedFactor * Math.Max(ordinary, double.Epsilon));
        for (var row = 0; row < multiples.Length; row++)
            multiples[row] = double.IsNaN(values[row]) ? 0 : multiples[row];
        return multiples;
    }

    private static double Largest(double[][] columns, int row)
    {
        var largest = 0.0;
        foreach (var column in columns)
            largest = Math.Max(largest, column[row]);
        return largest;
    }

    private IEnumerable<(string, double)> Beyond(double[][] columns, int row, double limit) =>
        _metrics.Zip(columns, (metric, column) => (metric, column[row]))
            .Where(entry => entry.Item2 > limit)
            .OrderByDescending(static entry => entry.Item2);
}
