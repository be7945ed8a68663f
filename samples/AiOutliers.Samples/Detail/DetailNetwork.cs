using AiOutliers.Samples.FlowCells;

namespace AiOutliers.Samples.Detail;

/// <summary>The hosts of one sensor and what they ordinarily do. Addresses are private ones, and 198.18.0.0/15 outside.</summary>
internal sealed class DetailNetwork
{
    private static readonly (int Protocol, int Port)[] Services =
        [(6, 443), (6, 80), (17, 53), (17, 443), (6, 22), (6, 445), (6, 993), (17, 123), (6, 3389), (1, 0)];

    private static readonly double[] ServiceShares = Choice.Zipf(Services.Length, 1.1);

    private static readonly string[] Countries = ["ES", "US", "DE", "FR", "NL", "GB", "IE", "CN", "BR", "IN", "PL", "JP"];

    private static readonly double[] CountryShares = Choice.Zipf(Countries.Length, 1.0);
    private static readonly double[] InterfaceShares = Choice.Cumulative(0.6, 0.3, 0.1);

    private readonly int _seed;
    private readonly Connection[] _connections;
    private readonly double[] _bytes;
    private readonly double[] _bytesPerFlow;

    /// <param name="index">Of the sensor.</param>
    /// <param name="connections">How many are seen every minute.</param>
    public DetailNetwork(int index, int connections)
    {
        _seed = 20240903 + 1000 * index;
        var random = new Random(_seed);
        _connections = [.. Enumerable.Range(0, connections).Select(_ => Ordinary(random, index + 1))];
        _bytes = [.. _connections.Select(_ => random.LogNormal(0, 1.2))];
        _bytesPerFlow = [.. _connections.Select(_ => random.LogNormal(0, 0.7))];
    }

    public IEnumerable<DetailRow> Split(FlowRow row)
    {
        var day = new Random(_seed + row.Time.DayOfYear);
        var minute = new Random(_seed + (int)(row.Time.ToUnixTimeSeconds() / 60 % 1_000_000));
        var bytes = Array.ConvertAll(_bytes, own => own * day.LogNormal(0, 0.2) * minute.LogNormal(0, 0.25));
        var flows = bytes.Zip(_bytesPerFlow, static (own, perFlow) => own / perFlow).ToArray();
        return Rows(row, _connections, bytes, flows);
    }

    public static IEnumerable<DetailRow> Rows(FlowRow row, Connection[] connections, double[] bytes, double[] flows)
    {
        var (ofBytes, ofPackets, ofFlows) = (
            Shares.Split(row.Bytes, bytes), Shares.Split(row.Packets, bytes), Shares.Split(row.Flows, flows));
        for (var at = 0; at < connections.Length; at++)
        {
            if (ofBytes[at] > 0 || ofFlows[at] > 0)
                yield return new(row.Time, row.Sensor, connections[at], ofBytes[at], ofPackets[at], ofFlows[at]);
        }
    }

    /// <summary>An address outside, and the country that it is in.</summary>
    public static (string Address, string Country) Outside(Random random)
    {
        var (third, fourth) = (random.Next(256), random.Next(1, 255));
        var country = Countries[random.Next(CountryShares)];
        return ($"198.{18 + Array.IndexOf(Countries, country) % 2}.{third}.{fourth}", country);
    }

    private static Connection Ordinary(Random random, int site)
    {
        var inside = $"10.{site}.{random.Next(4)}.{1 + (int)(200 * Math.Pow(random.NextDouble(), 2))}";
        var (outside, country) = Outside(random);
        var (protocol, port) = Services[random.Next(ServiceShares)];
        var (ephemeral, @interface) = (random.Next(32768, 61000), $"wan{random.Next(InterfaceShares)}");
        return random.Next(2) == 0
            ? new(inside, outside, protocol, ephemeral, port, "upstream", @interface, country)
            : new(outside, inside, protocol, port, ephemeral, "downstream", @interface, country);
    }
}
