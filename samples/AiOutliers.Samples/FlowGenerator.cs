namespace AiOutliers.Samples;

/// <summary>
/// Four weeks of rb_flow at one minute: a daily and a weekly rhythm, noise that is alike from one minute to the next, and the incidents.
/// The same seed gives the same rows.
/// </summary>
internal static class FlowGenerator
{
    public static readonly DateTimeOffset Start = new(2024, 9, 2, 0, 0, 0, TimeSpan.Zero);

    private const int Minutes = 28 * 1440;

    /// <summary>How much of the noise of a minute is left in the next.</summary>
    private const double Memory = 0.85;

    public static IEnumerable<FlowRow> Rows(int seed = 20240902) =>
        Sensor.All.SelectMany((sensor, index) => Rows(sensor, new Random(seed + index)));

    private static IEnumerable<FlowRow> Rows(Sensor sensor, Random random)
    {
        double drift = 0;
        for (var minute = 0; minute < Minutes; minute++)
        {
            var time = Start.AddMinutes(minute);
            drift = Memory * drift + Math.Sqrt(1 - Memory * Memory) * Normal(random);
            var level = Rhythm(sensor, time) * Math.Exp(sensor.Noise * (0.6 * drift + 0.4 * Normal(random)));
            var bytes = sensor.BytesPerMinute * level;
            var packets = bytes / sensor.BytesPerPacket * Math.Exp(0.05 * Normal(random));
            var flows = packets / sensor.PacketsPerFlow * Math.Exp(0.07 * Normal(random));
            var clients = sensor.Clients * Math.Pow(level, 0.6) * Math.Exp(0.04 * Normal(random));
            var incident = Incident.All.FirstOrDefault(incident =>
                incident.Sensor == sensor.Name && incident.Start <= time && time < incident.End);
            if (incident is not null)
                (bytes, packets, flows, clients) = Disturb(incident, time, sensor, bytes, packets, flows, clients);
            if (incident?.Kind != IncidentKind.LostExporter)
                yield return new(time, sensor.Name, Whole(bytes), Whole(packets), Whole(flows), Whole(clients));
        }
    }

    /// <summary>1 at noon of a working day.</summary>
    private static double Rhythm(Sensor sensor, DateTimeOffset time)
    {
        var hour = time.TimeOfDay.TotalHours;
        // Highest at 13:00, lowest at 01:00 and flat around it; a second, smaller hill in the evening.
        var day = Math.Pow(0.5 - 0.5 * Math.Cos(2 * Math.PI * (hour - 1) / 24), 1.6) + 0.12 * Math.Exp(-Math.Pow((hour - 21) / 1.6, 2));
        var week = time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? sensor.Weekend : 1;
        return (sensor.Night + (1 - sensor.Night) * day) * week;
    }

    private static (double Bytes, double Packets, double Flows, double Clients) Disturb(
        Incident incident, DateTimeOffset time, Sensor sensor,
        double bytes, double packets, double flows, double clients) => incident.Kind switch
        {
            IncidentKind.Ddos => (
                bytes + 2.5 * sensor.BytesPerMinute, packets + 30 * sensor.BytesPerMinute / sensor.BytesPerPacket, flows * 25, clients * 6),
            IncidentKind.Scan => (bytes * 1.04, packets * 1.6, flows * 14, clients),
            IncidentKind.Outage => (bytes * 0.01, packets * 0.012, flows * 0.03, Math.Min(clients, 2)),
            IncidentKind.Leak => (
                bytes + 0.8 * incident.Progress(time) * sensor.BytesPerMinute,
                packets + 0.8 * incident.Progress(time) * sensor.BytesPerMinute / 1300, flows + 3, clients),
            _ => (bytes, packets, flows, clients),
        };

    private static long Whole(double value) => (long)Math.Round(Math.Max(0, value));

    /// <summary>A standard normal number (Box, Muller 1958).</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
