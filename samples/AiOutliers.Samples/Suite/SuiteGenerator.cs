namespace AiOutliers.Samples.Suite;

/// <summary>
/// Labelled series of known disturbances: the rhythm of a sensor (day, week, local time), levels that differ a little from day to day,
/// noise that is alike from one bucket to the next, and what the type does to it. The same seed, type, days and step give the same series.
/// </summary>
internal static class SuiteGenerator
{
    /// <summary>A share of the noise that is new in every bucket, as in the sample data.</summary>
    private const double White = 0.4;

    public static SuiteSeries Make(SuiteType type, int seed, int days = 14, int stepMinutes = 5)
    {
        var random = new Random(unchecked(seed * 7919 + (int)type));
        var step = TimeSpan.FromMinutes(stepMinutes);
        var start = FlowGenerator.Start.AddHours(random.Next(7 * 24));
        var rhythm = Rhythm.Draw(random, step);
        var disturbances = Disturbances.Draw(random, type, days, new(rhythm, start, step));

        var pointsPerDay = 1440 / stepMinutes;
        var noise = Levels(random, rhythm, days * pointsPerDay, pointsPerDay);
        var values = new double[noise.Length];
        for (var point = 0; point < values.Length; point++)
        {
            var time = start + point * step;
            var level = rhythm.Level(time);
            foreach (var disturbance in disturbances)
                level = disturbance.Apply(point, level, rhythm.Night(time));
            values[point] = Math.Round(rhythm.Sensor.BytesPerMinute * stepMinutes * level * noise[point]);
        }
        return new(type, seed, start, step, values, disturbances);
    }

    /// <summary>The noise as factors: alike from one point to the next, partly new in each, and another level each day.</summary>
    internal static double[] Levels(Random random, Rhythm rhythm, int points, int pointsPerDay)
    {
        var factors = new double[points];
        var (drift, dayLevel) = (FlowGenerator.Normal(random), 0.0);
        for (var point = 0; point < points; point++)
        {
            if (point % pointsPerDay == 0)
                dayLevel = rhythm.DayNoise * FlowGenerator.Normal(random);
            drift = rhythm.Memory * drift + Math.Sqrt(1 - rhythm.Memory * rhythm.Memory) * FlowGenerator.Normal(random);
            var noise = Math.Sqrt(1 - White * White) * drift + White * FlowGenerator.Normal(random);
            factors[point] = Math.Exp(rhythm.Noise * noise + dayLevel);
        }
        return factors;
    }
}
