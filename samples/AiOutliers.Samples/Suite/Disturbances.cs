namespace AiOutliers.Samples.Suite;

/// <summary>Draws when disturbances are and how large; the ranges stand at <see cref="SuiteType"/>.</summary>
internal static class Disturbances
{
    private static readonly SuiteType[] MixedTypes =
        [SuiteType.Spike, SuiteType.Dip, SuiteType.Outage, SuiteType.Shift, SuiteType.Ramp, SuiteType.MissingPeak, SuiteType.Ddos];

    public static IReadOnlyList<Disturbance> Draw(Random random, SuiteType type, int days, Clock clock) => type switch
    {
        SuiteType.Clean => [],
        SuiteType.StepUp => [Step(random, type, 1.5, days, clock)],
        SuiteType.StepDown => [Step(random, type, 0.6, days, clock)],
        SuiteType.Mixed => Mixed(random, days, clock),
        // The first day stays as it is, and the last hours: there is something before and after.
        _ => [One(random, type, 1, days - 1.25, clock)],
    };

    /// <summary>Each in a third of the days.</summary>
    private static Disturbance[] Mixed(Random random, int days, Clock clock)
    {
        var third = (days - 1.25) / 3;
        return [.. Enumerable.Range(0, 3).Select(part =>
            One(random, MixedTypes[random.Next(MixedTypes.Length)], 1 + part * third, (part + 1) * third, clock))];
    }

    private static Disturbance Step(Random random, SuiteType type, double factor, int days, Clock clock)
    {
        var start = clock.Points(24 * Rhythm.Between(random, 0.3 * days, 0.75 * days));
        return new(type, start, start + clock.Points(24), factor);
    }

    /// <param name="from">The earliest begin, in days.</param>
    /// <param name="to">The latest begin, in days.</param>
    private static Disturbance One(Random random, SuiteType type, double from, double to, Clock clock)
    {
        var start = clock.Points(24 * Rhythm.Between(random, from, Math.Max(from, to)));
        return type switch
        {
            SuiteType.Spike => new(type, start, start + clock.Points(Rhythm.Between(random, 1, 3) / 12), Rhythm.Between(random, 2, 6)),
            SuiteType.Dip => new(type, start, start + clock.Points(Rhythm.Between(random, 2, 8) / 12), Rhythm.Between(random, 0.1, 0.5)),
            SuiteType.Outage => new(type, start, start + clock.Points(Rhythm.Between(random, 1.0 / 3, 3)), Rhythm.Between(random, 0, 0.02)),
            SuiteType.Shift => new(type, start, start + clock.Points(Rhythm.Between(random, 3, 12)), Factor(random, 1.35, 1.8, 0.5, 0.7)),
            SuiteType.Ramp => new(
                type, start, start + clock.Points(Rhythm.Between(random, 4, 12)), Factor(random, 1.5, 2.2, 0.4, 0.6),
                random.Next(2) == 0 ? 1 : 0.5),
            SuiteType.Ddos => new(type, start, start + clock.Points(Rhythm.Between(random, 0.5, 3)), Rhythm.Between(random, 1.5, 4)),
            _ => MissingPeak(random, start, clock),
        };
    }

    private static Disturbance MissingPeak(Random random, int start, Clock clock)
    {
        // Around the next noon, or the one before when that is too late.
        var half = clock.Points(Rhythm.Between(random, 3, 5));
        var noon = clock.NextNoon(start) - (random.Next(2) == 0 ? clock.Points(24) : 0);
        noon = Math.Max(noon, clock.NextNoon(clock.Points(24)));
        return new(SuiteType.MissingPeak, noon - half, noon + half, Rhythm.Between(random, 0.7, 1));
    }

    private static double Factor(Random random, double up, double mostUp, double down, double mostDown) =>
        random.Next(2) == 0 ? Rhythm.Between(random, up, mostUp) : Rhythm.Between(random, down, mostDown);
}
