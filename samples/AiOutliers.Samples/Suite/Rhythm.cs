namespace AiOutliers.Samples.Suite;

/// <summary>What is usual at a place: the shape of one of the sensors, with its own hours and noise.</summary>
/// <param name="Sensor">Whose night and weekend it has.</param>
/// <param name="UtcOffset">Local time minus UTC: weekends and nights are local.</param>
/// <param name="Noon">The local hour of the day's top.</param>
/// <param name="Noise">The standard deviation of the logarithm of a bucket.</param>
/// <param name="Memory">How much of a bucket's noise is left in the next.</param>
/// <param name="DayNoise">The standard deviation of the logarithm of a day's level.</param>
internal sealed record Rhythm(Sensor Sensor, TimeSpan UtcOffset, double Noon, double Noise, double Memory, double DayNoise)
{
    public static Rhythm Draw(Random random, TimeSpan step) => new(
        Sensor.All[random.Next(Sensor.All.Count)],
        TimeSpan.FromHours(random.Next(-8, 11)),
        Between(random, 12, 15),
        Between(random, 0.1, 0.2),
        // Per five minutes; other steps remember as much over the same time.
        Math.Pow(Between(random, 0.4, 0.85), step.TotalMinutes / 5),
        Between(random, 0.02, 0.06));

    public static double Between(Random random, double least, double most) => least + (most - least) * random.NextDouble();

    /// <summary>1 at the top of a working day.</summary>
    public double Level(DateTimeOffset time)
    {
        var local = time.ToOffset(UtcOffset);
        var hour = local.TimeOfDay.TotalHours;
        var day = Math.Pow(0.5 - 0.5 * Math.Cos(2 * Math.PI * (hour - Noon + 12) / 24), 1.6)
            + 0.12 * Math.Exp(-Math.Pow((hour - Noon - 8) / 1.6, 2));
        return (Sensor.Night + (1 - Sensor.Night) * day) * Week(local);
    }

    /// <summary>The lowest level of the day.</summary>
    public double Night(DateTimeOffset time) => Sensor.Night * Week(time.ToOffset(UtcOffset));

    private double Week(DateTimeOffset local) => local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Sensor.Weekend : 1;
}
