namespace AiOutliers.Samples.FlowCells;

/// <summary>Attacks: cells on top of a window. Each gives the element that it is.</summary>
internal sealed class FlowAttack(Random random, double flows, double bytes)
{
    /// <summary>New sources flood one destination; its port is any where none is asked for.</summary>
    public FlowElement Flood(CellSums window, double least, double most, bool onePort)
    {
        var target = random.Next(15, 400);
        var protocols = onePort ? Choice.Cumulative(1) : Choice.Cumulative(0.5, 0.4, 0.1);
        var port = onePort ? random.Next(6) : -1;
        var sources = NewSources(random.Next(1500, 6000));
        var weights = Array.ConvertAll(sources, _ => random.LogNormal(0, 1));
        var (all, sum) = (flows * (least + (most - least) * random.NextDouble()), weights.Sum());
        foreach (var (source, weight) in sources.Zip(weights))
        {
            var own = Math.Max(1, Math.Round(weight / sum * all));
            var cell = FlowDimensions.Pack(source, target, random.Next(protocols),
                onePort ? port : random.Next(FlowDimensions.Ports), random.Next(FlowWorld.Interfaces), 0);
            window.Add(cell, own, own * random.LogNormal(5.5, 0.3));
        }
        return onePort
            ? new((FlowDimensions.Destination, target), (FlowDimensions.Protocol, 0), (FlowDimensions.Port, port))
            : new((FlowDimensions.Destination, target));
    }

    public FlowElement Amplification(CellSums window)
    {
        var (target, port) = (random.Next(15, 400), random.Next(2) == 0 ? 53 : 123);
        var sources = NewSources(random.Next(200, 1000));
        var weights = Array.ConvertAll(sources, _ => random.LogNormal(0, 0.5));
        var (all, sum) = (bytes * (0.3 + 1.7 * random.NextDouble()), weights.Sum());
        foreach (var (source, weight) in sources.Zip(weights))
        {
            var cell = FlowDimensions.Pack(source, target, 1, port, random.Next(FlowDimensions.Interfaces), 0);
            window.Add(cell, 1 + random.Poisson(20), weight / sum * all);
        }
        return new((FlowDimensions.Destination, target), (FlowDimensions.Protocol, 1), (FlowDimensions.Port, port));
    }

    public FlowElement Scan(CellSums window, bool onePort)
    {
        var (source, cells) = (random.Next(FlowDimensions.Sources), random.Next(4000, 12000));
        var port = onePort ? random.Next(6, 60) : -1;
        var own = Math.Max(1, Math.Round(flows * (0.2 + 0.4 * random.NextDouble()) / cells));
        for (var at = 0; at < cells; at++)
        {
            var cell = FlowDimensions.Pack(source, random.Next(FlowDimensions.Destinations), 0,
                onePort ? port : random.Next(FlowDimensions.Ports), random.Next(FlowDimensions.Interfaces), 0);
            window.Add(cell, own, 60 * own);
        }
        return onePort
            ? new((FlowDimensions.Source, source), (FlowDimensions.Protocol, 0), (FlowDimensions.Port, port))
            : new((FlowDimensions.Source, source));
    }

    public FlowElement Exfiltration(CellSums window)
    {
        var (source, target, port) = (random.Next(800), random.Next(15, 400), random.Next(30));
        var (cells, first, own) = (random.Next(1, 4), random.Next(FlowDimensions.Interfaces), (double)random.Next(5, 60));
        var all = bytes * (0.2 + 0.6 * random.NextDouble());
        for (var at = 0; at < cells; at++)
        {
            var cell = FlowDimensions.Pack(source, target, 0, port, (first + at) % FlowDimensions.Interfaces, 1);
            window.Add(cell, own, all / cells);
        }
        return new(
            (FlowDimensions.Source, source), (FlowDimensions.Destination, target), (FlowDimensions.Protocol, 0),
            (FlowDimensions.Port, port), (FlowDimensions.FlowDirection, 1));
    }

    private int[] NewSources(int count)
    {
        var sources = new HashSet<int>();
        while (sources.Count < count)
            sources.Add(random.Next(FlowDimensions.KnownSources, FlowDimensions.Sources));
        return [.. sources];
    }
}
