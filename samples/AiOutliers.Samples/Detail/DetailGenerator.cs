namespace AiOutliers.Samples.Detail;

/// <summary>
/// The rows of <see cref="FlowGenerator"/> around three incidents, each split among connections: the parts add up to the row. What a flood
/// or scan put on top is theirs.
/// </summary>
internal static class DetailGenerator
{
    /// <summary>Connections that are seen every minute, in the order of the sensors.</summary>
    private static readonly int[] Connections = [260, 260, 80, 120];

    public static IEnumerable<DetailRow> Rows()
    {
        var networks = Sensor.All.Select(static (sensor, at) => (sensor.Name, Network: new DetailNetwork(at, Connections[at])))
            .ToDictionary(static own => own.Name, static own => own.Network);
        var attacks = new Dictionary<Incident, DetailAttack>();
        foreach (var row in FlowGenerator.Rows().Where(static row => DetailWindow.Has(row.Time)))
        {
            var (ordinary, onTop) = (row, (FlowRow?)null);
            if (DetailWindow.AttackOn(row) is { } incident)
            {
                attacks.TryAdd(incident, new(incident));
                onTop = OnTop(row, incident.Kind);
                ordinary = Less(row, onTop.Value);
                foreach (var part in attacks[incident].Split(onTop.Value))
                    yield return part;
            }
            foreach (var part in networks[row.Sensor].Split(ordinary))
                yield return part;
        }
    }

    /// <summary>The inverse of what the incident did to the row.</summary>
    private static FlowRow OnTop(FlowRow row, IncidentKind kind)
    {
        var sensor = Sensor.All.First(own => own.Name == row.Sensor);
        return kind == IncidentKind.Ddos
            ? row with
            {
                Bytes = (long)(2.5 * sensor.BytesPerMinute),
                Packets = (long)(30 * sensor.BytesPerMinute / sensor.BytesPerPacket),
                Flows = row.Flows * 24 / 25,
            }
            : row with { Bytes = row.Bytes * 4 / 104, Packets = row.Packets * 6 / 16, Flows = row.Flows * 13 / 14 };
    }

    private static FlowRow Less(FlowRow row, FlowRow part) =>
        row with { Bytes = row.Bytes - part.Bytes, Packets = row.Packets - part.Packets, Flows = row.Flows - part.Flows };
}
