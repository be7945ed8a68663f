using AiOutliers.Samples.Suite;

namespace AiOutliers.Samples.FlowSuite;

/// <summary>
/// Weeks of ordinary traffic to learn from and days with incidents after them: the rhythm, the noise and the day levels of the one-metric
/// suite (see <see cref="SuiteGenerator"/>), and packets, flows and clients that follow the bytes as in the sample data. The same seed
/// gives the same series.
/// </summary>
/// <param name="Rows">All of them, 5 minutes each.</param>
/// <param name="OrdinaryRows">The first rows, without incidents.</param>
/// <param name="Incidents">What happens after them.</param>
internal sealed record FlowSeries(IReadOnlyList<FlowRow> Rows, int OrdinaryRows, IReadOnlyList<FlowIncident> Incidents)
{
    public const int StepMinutes = 5;

    public const int OrdinaryDays = 28;

    public const int JudgedDays = 14;

    private const int RowsPerDay = 1440 / StepMinutes;

    public static FlowSeries Make(int seed)
    {
        var random = new Random(unchecked(seed * 7919 + 101));
        var step = TimeSpan.FromMinutes(StepMinutes);
        var start = FlowGenerator.Start.AddHours(random.Next(7 * 24));
        var rhythm = Rhythm.Draw(random, step);
        var ordinary = OrdinaryDays * RowsPerDay;
        var incidents = FlowIncident.Draw(random, ordinary, JudgedDays * RowsPerDay, RowsPerDay / 24);
        var levels = SuiteGenerator.Levels(random, rhythm, ordinary + JudgedDays * RowsPerDay, RowsPerDay);
        var rows = new FlowRow[ordinary + JudgedDays * RowsPerDay];
        for (var row = 0; row < rows.Length; row++)
        {
            var time = start + row * step;
            var counts = Ordinary(random, rhythm.Sensor, rhythm.Level(time) * levels[row]);
            if (incidents.FirstOrDefault(incident => incident.Start <= row && row < incident.End) is { } incident)
                counts = incident.Apply(counts, rhythm.Sensor, StepMinutes);
            rows[row] = new(
                time, rhythm.Sensor.Name, Whole(counts.Bytes), Whole(counts.Packets), Whole(counts.Flows), Whole(counts.Clients));
        }
        return new(rows, ordinary, incidents);
    }

    /// <summary>As in the sample data, where this is the noise of single minutes.</summary>
    private static FlowCounts Ordinary(Random random, Sensor sensor, double level)
    {
        var bytes = sensor.BytesPerMinute * StepMinutes * level;
        var packets = bytes / sensor.BytesPerPacket * Math.Exp(0.05 * FlowGenerator.Normal(random));
        var flows = packets / sensor.PacketsPerFlow * Math.Exp(0.07 * FlowGenerator.Normal(random));
        return new(bytes, packets, flows, sensor.Clients * Math.Pow(level, 0.6) * Math.Exp(0.04 * FlowGenerator.Normal(random)));
    }

    private static long Whole(double value) => (long)Math.Round(value);
}
