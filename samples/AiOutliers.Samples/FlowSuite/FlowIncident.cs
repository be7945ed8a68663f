using AiOutliers.Samples.Suite;

namespace AiOutliers.Samples.FlowSuite;

/// <summary>Something that is not ordinary, from row <paramref name="Start"/> up to <paramref name="End"/>.</summary>
/// <param name="Size">See <see cref="FlowIncidentKind"/>: noon levels on top, or a factor.</param>
/// <param name="Spread">The factor of what comes with it: flows of a flood.</param>
internal sealed record FlowIncident(FlowIncidentKind Kind, int Start, int End, double Size, double Spread)
{
    private const int LongestHours = 6;

    /// <summary>Two of each kind in random order, each somewhere in its own share of the days.</summary>
    /// <param name="random">Where they come from.</param>
    /// <param name="firstRow">The first row that may be hit.</param>
    /// <param name="rows">As many rows from there on.</param>
    /// <param name="rowsPerHour">Rows of an hour.</param>
    public static IReadOnlyList<FlowIncident> Draw(Random random, int firstRow, int rows, int rowsPerHour)
    {
        FlowIncidentKind[] kinds = [.. Enum.GetValues<FlowIncidentKind>(), .. Enum.GetValues<FlowIncidentKind>()];
        random.Shuffle(kinds);
        // Two hours between them at least, so that each is found for itself.
        var share = rows / kinds.Length;
        var room = share - (LongestHours + 2) * rowsPerHour;
        return [.. kinds.Select((kind, i) => One(random, kind, firstRow + i * share + rowsPerHour + random.Next(room), rowsPerHour))];
    }

    /// <param name="counts">What would be counted without it.</param>
    /// <param name="sensor">The place.</param>
    /// <param name="minutes">Of a row.</param>
    public FlowCounts Apply(FlowCounts counts, Sensor sensor, double minutes)
    {
        var noon = sensor.BytesPerMinute * minutes;
        return Kind switch
        {
            FlowIncidentKind.Ddos => new(
                counts.Bytes + Size * noon, counts.Packets + 12 * Size * noon / sensor.BytesPerPacket,
                counts.Flows * Spread, counts.Clients * (1 + Spread / 5)),
            FlowIncidentKind.Scan => new(counts.Bytes * 1.04, counts.Packets * (1.2 + Size / 35), counts.Flows * Size, counts.Clients),
            FlowIncidentKind.Outage => new(counts.Bytes * Size, counts.Packets * Size, counts.Flows * Size, Math.Min(counts.Clients, 2)),
            FlowIncidentKind.Leak => new(
                counts.Bytes * Size, counts.Packets + counts.Bytes * (Size - 1) / 1300, counts.Flows, counts.Clients),
            FlowIncidentKind.Spike => new(
                counts.Bytes * Size, counts.Packets * Size, counts.Flows * Size, counts.Clients * Math.Pow(Size, 0.6)),
            _ => counts with { Flows = counts.Flows * 1.2, Clients = counts.Clients * Size },
        };
    }

    private static FlowIncident One(Random random, FlowIncidentKind kind, int start, int rowsPerHour)
    {
        var (least, most, small, large) = kind switch
        {
            FlowIncidentKind.Ddos => (0.5, 2.0, 1.0, 3.0),
            FlowIncidentKind.Scan => (1.0 / 3, 1, 5, 14),
            FlowIncidentKind.Outage => (1.0 / 3, 2, 0, 0.02),
            FlowIncidentKind.Leak => (3, LongestHours, 1.35, 1.7),
            FlowIncidentKind.Spike => (1.0 / 12, 0.25, 2, 6),
            _ => (1.0 / 3, 1, 3, 8),
        };
        var length = Math.Max(1, (int)Math.Round(Rhythm.Between(random, least, most) * rowsPerHour));
        return new(kind, start, start + length, Rhythm.Between(random, small, large), Rhythm.Between(random, 10, 25));
    }
}
