namespace AiOutliers.Samples.Suite;

/// <summary>What is done to a series of the suite. The names of the folders are these in snake_case.</summary>
internal enum SuiteType
{
    /// <summary>Nothing: whatever is found here is false.</summary>
    Clean,

    /// <summary>5 to 15 minutes at 2 to 6 times the usual.</summary>
    Spike,

    /// <summary>10 to 40 minutes at 10 to 50 % of the usual.</summary>
    Dip,

    /// <summary>20 minutes to 3 hours of next to nothing.</summary>
    Outage,

    /// <summary>3 to 12 hours at 1.35 to 1.8 times the usual, or at 50 to 70 % of it.</summary>
    Shift,

    /// <summary>Within 4 to 12 hours, up by 50 to 120 % (or down by 40 to 60 %) along a line, and back, at once or along a line.</summary>
    Ramp,

    /// <summary>The day's rise stays away: for 6 to 10 hours around its top, 70 to 100 % of what is above the night is gone.</summary>
    MissingPeak,

    /// <summary>From some day on, 1.5 times the usual.</summary>
    StepUp,

    /// <summary>From some day on, 0.6 times the usual.</summary>
    StepDown,

    /// <summary>A plateau of 30 minutes to 3 hours: 1.5 to 4 times the noon's traffic on top of the usual.</summary>
    Ddos,

    /// <summary>Three of the others (no steps), on days of their own.</summary>
    Mixed,
}
