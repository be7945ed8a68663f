using AiOutliers.Samples.FlowCells;

namespace AiOutliers.Samples.Detail;

/// <summary>The connections of an attack: 1,800 sources that flood one name server, or one source that tries 600 hosts.</summary>
internal sealed class DetailAttack
{
    private const int Sources = 1_800;
    private const int Targets = 600;

    private readonly Connection[] _connections;
    private readonly double[] _weights;

    public DetailAttack(Incident incident)
    {
        var random = new Random(20240924);
        _connections = incident.Kind == IncidentKind.Ddos ? [.. Flood(random)] : [.. Scan()];
        _weights = [.. _connections.Select(_ => random.LogNormal(0, 0.8))];
    }

    public IEnumerable<DetailRow> Split(FlowRow row) => DetailNetwork.Rows(row, _connections, _weights, _weights);

    private static IEnumerable<Connection> Flood(Random random)
    {
        var sources = new Dictionary<string, string>();
        while (sources.Count < Sources)
        {
            var (address, country) = DetailNetwork.Outside(random);
            sources.TryAdd(address, country);
        }
        return sources.Select(source =>
            new Connection(source.Key, "10.1.2.3", 17, random.Next(1024, 65536), 53, "downstream", "wan0", source.Value));
    }

    private static IEnumerable<Connection> Scan() => Enumerable.Range(0, Targets).Select(static at =>
        new Connection("10.3.0.66", $"10.3.{at / 250}.{1 + at % 250}", 6, 40_000 + at, 445, "upstream", "wan0", "ES"));
}
