namespace AiOutliers.Engine.SelfTest;

/// <summary>What is done to a copy of a series; docs/selftest.md has a picture of each.</summary>
public enum InjectionKind
{
    /// <summary>Three points times 1 + size.</summary>
    Spike,

    /// <summary>Three points times 1 − size.</summary>
    Dip,

    /// <summary>Zero for size points.</summary>
    Outage,

    /// <summary>Six hours times 1 + size.</summary>
    Shift,

    /// <summary>Twelve hours: up to 1 + size times the value in the middle, and back.</summary>
    Ramp,

    /// <summary>Half an hour on which size times the series' 90 % quantile lies: a flood.</summary>
    Plateau,

    /// <summary>The half day around the day's highest hour: its rise above the day's lowest value shrunk by size.</summary>
    MissingPeak,
}
