namespace AiOutliers.Samples.FlowCells;

/// <summary>
/// A window of flows with a known cause: cells with what was seen and the mean of three ordinary weeks. Of errors, expected is what the
/// window's flows would give at the weeks' rate (shrunk by 20 flows towards the rate of all).
/// </summary>
internal sealed class FlowCase
{
    private const int Weeks = 3;
    private const double Shrinkage = 20;

    private readonly Random _random;
    private readonly FlowWorld _world;
    private readonly CellSums[] _weeks;

    private FlowCase(FlowCaseKind kind, int seed)
    {
        _random = new(seed * 1000 + (int)kind);
        _world = new(_random);
        _weeks = [.. Enumerable.Range(0, Weeks).Select(_ => _world.Window(_random.LogNormal(0, 0.04)))];
        var window = Window(kind);
        var cells = window.Cells.Keys.Concat(_weeks.SelectMany(static week => week.Cells.Keys)).Distinct().Order().ToArray();
        Cells = cells;
        (Actual, Expected) = kind == FlowCaseKind.ErrorRate ? Errors(cells, window)
            : kind is FlowCaseKind.Amplification or FlowCaseKind.Exfiltration || IsBytes ? Sums(cells, window, static own => own.Bytes)
            : Sums(cells, window, static own => own.Flows);
    }

    public ulong[] Cells { get; }

    public double[] Actual { get; }

    public double[] Expected { get; }

    /// <summary>What it was; empty where nothing is confined to a value.</summary>
    public List<FlowElement> Truth { get; } = [];

    private bool IsBytes { get; set; }

    public static FlowCase Of(FlowCaseKind kind, int seed) => new(kind, seed);

    private CellSums Window(FlowCaseKind kind)
    {
        double[] levels = [0.6, 0.75, 1.25, 1.5];
        var scale = _random.LogNormal(0, 0.04)
            * (kind == FlowCaseKind.Spread ? levels[_random.Next(4)] : kind == FlowCaseKind.SpreadAndFlood ? 1.25 : 1);
        var window = _world.Window(scale, Change(kind));
        var part = kind is FlowCaseKind.Two or FlowCaseKind.SpreadAndFlood ? 0.5 : 1;
        var attack = new FlowAttack(
            _random, part * _weeks.Average(static week => week.Flows), _weeks.Average(static week => week.Bytes));
        Truth.AddRange(kind switch
        {
            FlowCaseKind.Flood or FlowCaseKind.SpreadAndFlood => [attack.Flood(window, 0.25, 1.5, onePort: false)],
            FlowCaseKind.FloodOfPort => [attack.Flood(window, 0.25, 1.5, onePort: true)],
            FlowCaseKind.Small => [attack.Flood(window, 0.05, 0.12, onePort: false)],
            FlowCaseKind.Amplification => [attack.Amplification(window)],
            FlowCaseKind.Scan => [attack.Scan(window, onePort: false)],
            FlowCaseKind.ScanOfPort => [attack.Scan(window, onePort: true)],
            FlowCaseKind.Exfiltration => [attack.Exfiltration(window)],
            FlowCaseKind.Two => [attack.Flood(window, 0.25, 1.5, onePort: false), attack.Scan(window, onePort: false)],
            _ => Array.Empty<FlowElement>(),
        });
        return window;
    }

    private Func<ulong, (double Factor, double Errors)>? Change(FlowCaseKind kind)
    {
        var (cause, left, errors) = kind switch
        {
            FlowCaseKind.LinkDown => (new FlowElement((FlowDimensions.Interface, _random.Next(4))), 0.0, FlowWorld.ErrorRate),
            FlowCaseKind.CountryGone => (new FlowElement((FlowDimensions.Country, _random.Next(6))), 0.02, FlowWorld.ErrorRate),
            FlowCaseKind.DestinationGone => (new FlowElement((FlowDimensions.Destination, _random.Next(5))), 0.0, FlowWorld.ErrorRate),
            FlowCaseKind.ErrorRate => (new FlowElement((FlowDimensions.Destination, _random.Next(40)), (FlowDimensions.Protocol, 0),
                (FlowDimensions.Port, _random.Next(3))), 1.0, 0.5),
            _ => ((FlowElement?)null, 1.0, 0.0),
        };
        if (cause is null)
            return null;
        IsBytes = kind == FlowCaseKind.LinkDown && _random.Next(2) == 0;
        Truth.Add(cause);
        return cell => cause.Has(cell) ? (left, errors) : (1, FlowWorld.ErrorRate);
    }

    private (double[] Actual, double[] Expected) Sums(
        ulong[] cells, CellSums window, Func<(double Flows, double Bytes, double Errors), double> measure) =>
    (
        Array.ConvertAll(cells, cell => measure(window.Cells.GetValueOrDefault(cell))),
        Array.ConvertAll(cells, cell => _weeks.Sum(week => measure(week.Cells.GetValueOrDefault(cell))) / Weeks)
    );

    private (double[] Actual, double[] Expected) Errors(ulong[] cells, CellSums window)
    {
        var (_, _, allErrors) = OfWeeks(_weeks.SelectMany(static week => week.Cells.Values));
        var rate = allErrors / _weeks.Sum(static week => week.Flows);
        var expected = Array.ConvertAll(cells, cell =>
        {
            var (flows, _, errors) = OfWeeks(_weeks.Select(week => week.Cells.GetValueOrDefault(cell)));
            return window.Cells.GetValueOrDefault(cell).Flows * (errors + Shrinkage * rate) / (flows + Shrinkage);
        });
        return (Array.ConvertAll(cells, cell => window.Cells.GetValueOrDefault(cell).Errors), expected);
    }

    private static (double Flows, double Bytes, double Errors) OfWeeks(IEnumerable<(double Flows, double Bytes, double Errors)> cells) =>
        cells.Aggregate((Flows: 0.0, Bytes: 0.0, Errors: 0.0), static (sum, own) =>
            (sum.Flows + own.Flows, sum.Bytes + own.Bytes, sum.Errors + own.Errors));
}
