namespace AiOutliers.Samples.FlowCells;

/// <summary>
/// An ordinary network: cells that are seen every week, each with a rate, and scattered sources that are never seen again. Windows differ
/// by Poisson counts, by factors that the cells of a value have in common, and by the sizes of flows.
/// </summary>
internal sealed class FlowWorld
{
    private const int Draws = 60_000;

    /// <summary>Cells that occur once, as a share of the ordinary ones.</summary>
    private const double Once = 0.12;

    public const double ErrorRate = 0.02;

    private static readonly double[] Sources = Choice.Zipf(FlowDimensions.KnownSources, 1.0);
    private static readonly double[] Destinations = Choice.Zipf(FlowDimensions.Destinations, 1.1);
    private static readonly double[] SeldomDestinations = Choice.Zipf(FlowDimensions.Destinations, 0.8);
    private static readonly double[] Ports = Choice.Zipf(FlowDimensions.Ports, 1.3);
    private static readonly double[] Protocols = Choice.Cumulative(0.72, 0.22, 0.05, 0.01);
    private static readonly double[] SeldomProtocols = Choice.Cumulative(0.6, 0.3, 0.09, 0.01);
    private static readonly double[] Directions = Choice.Cumulative(0.6, 0.4);

    public static readonly double[] Interfaces = Choice.Cumulative(0.38, 0.25, 0.15, 0.1, 0.08, 0.04);

    private readonly Random _random;
    private readonly (ulong Cell, double Rate, double BytesPerFlow)[] _cells;

    /// <param name="random">Decides everything.</param>
    /// <param name="draws">How many cells are drawn; some of them are the same.</param>
    public FlowWorld(Random random, int draws = Draws)
    {
        _random = random;
        var cells = new SortedSet<ulong>();
        for (var draw = 0; draw < draws; draw++)
        {
            var protocol = random.Next(Protocols);
            var port = protocol >= 2 ? 0 : random.Next(Ports);
            cells.Add(FlowDimensions.Pack(
                random.Next(Sources), random.Next(Destinations), protocol, port, random.Next(Interfaces), random.Next(Directions)));
        }
        _cells = [.. cells.Select(cell => (cell, 1.2 * random.LogNormal(0, 1.5), random.LogNormal(7, 1)))];
    }

    /// <param name="scale">The level of everything.</param>
    /// <param name="change">Per cell: a factor of its rate, and its share of errors; null leaves all as usual.</param>
    public CellSums Window(double scale, Func<ulong, (double Factor, double Errors)>? change = null)
    {
        var window = new CellSums();
        var (destinations, countries) = (Levels(FlowDimensions.Destinations, 0.15), Levels(FlowDimensions.Countries, 0.07));
        var (interfaces, ports) = (Levels(FlowDimensions.Interfaces, 0.04), Levels(FlowDimensions.Ports, 0.05));
        foreach (var (cell, rate, bytesPerFlow) in _cells)
        {
            var (factor, errors) = change?.Invoke(cell) ?? (1, ErrorRate);
            var level = destinations[FlowDimensions.ValueOf(cell, FlowDimensions.Destination)]
                * countries[FlowDimensions.ValueOf(cell, FlowDimensions.Country)]
                * interfaces[FlowDimensions.ValueOf(cell, FlowDimensions.Interface)]
                * ports[FlowDimensions.ValueOf(cell, FlowDimensions.Port)];
            var flows = _random.Poisson(rate * scale * factor * level);
            if (flows > 0)
                window.Add(cell, flows, flows * bytesPerFlow * _random.LogNormal(0, 0.6), _random.Binomial(flows, errors));
        }
        AddSeldom(window, change);
        return window;
    }

    private void AddSeldom(CellSums window, Func<ulong, (double Factor, double Errors)>? change)
    {
        for (var count = (int)(Once * _cells.Length); count > 0; count--)
        {
            var source = _random.Next(FlowDimensions.KnownSources, FlowDimensions.Sources);
            var protocol = _random.Next(SeldomProtocols);
            var port = protocol >= 2 ? 0 : _random.Next(FlowDimensions.Ports);
            var cell = FlowDimensions.Pack(
                source, _random.Next(SeldomDestinations), protocol, port, _random.Next(Interfaces), _random.Next(2));
            var flows = 1 + _random.Poisson(0.3);
            var bytes = flows * _random.LogNormal(6, 1.2);
            // What is gone is gone for them, too.
            if (change is null || change(cell).Factor > 0.1)
                window.Add(cell, flows, bytes, _random.Binomial(flows, 0.03));
        }
    }

    private double[] Levels(int count, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => _random.LogNormal(0, deviation))];
}
