namespace AiOutliers.Samples.Suite;

/// <summary>Something that is not ordinary in a series, from point <paramref name="Start"/> up to <paramref name="End"/>.</summary>
/// <param name="Type">Never <see cref="SuiteType.Clean"/> or <see cref="SuiteType.Mixed"/>.</param>
/// <param name="End">One past the last point that is labelled; a step is labelled for a day and stays for good.</param>
/// <param name="Size">A factor; for a missing peak the share of the rise that stays away, for a flood the noon levels that it adds.</param>
/// <param name="Turn">Where a ramp is furthest away, 0 to 1 of its length.</param>
internal sealed record Disturbance(SuiteType Type, int Start, int End, double Size, double Turn = 1)
{
    /// <summary>1 up, −1 down.</summary>
    public int Direction => Type is SuiteType.Ddos || (Type is not SuiteType.MissingPeak && Size > 1) ? 1 : -1;

    /// <param name="point">The point's number.</param>
    /// <param name="level">What would be there without the disturbance; 1 is an ordinary noon.</param>
    /// <param name="night">The lowest level of that day.</param>
    public double Apply(int point, double level, double night) => Type switch
    {
        SuiteType.StepUp or SuiteType.StepDown => point >= Start ? level * Size : level,
        _ when point < Start || point >= End => level,
        SuiteType.Ramp => level * (1 + (Size - 1) * Tent((point + 0.5 - Start) / (End - Start))),
        SuiteType.MissingPeak => level * Math.Min(1, (night + (1 - Size) * Math.Max(0, level - night)) / level),
        SuiteType.Ddos => level + Size,
        _ => level * Size,
    };

    /// <summary>0 to 1 up to the turn, and back to 0.</summary>
    private double Tent(double progress) => progress <= Turn ? progress / Turn : (1 - progress) / (1 - Turn);
}
