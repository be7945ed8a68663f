namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>What the scan found; every array has one entry a point. Missing points have scores 0, deviation 0 and no alarm.</summary>
internal sealed record SeasonalScanResult
{
    public required SeasonalScanState State { get; init; }

    /// <summary>The season P in points; 0 when none was found.</summary>
    public int Period { get; init; }

    /// <summary>The season that the usual values follow, Q: P or a multiple of it (the week); 0 when none was found.</summary>
    public int LongPeriod { get; init; }

    /// <summary>Sharp events first, then by sustained deviation.</summary>
    public required double[] Range { get; init; }

    /// <summary>How clearly a short window around the point deviates.</summary>
    public required double[] Point { get; init; }

    /// <summary>How clearly a window of up to a thirtieth of the series deviates: which hours were odd.</summary>
    public required double[] Wide { get; init; }

    /// <summary>The statistic of the sustained alarm; empty for series that are too short for it, or when that alarm is off.</summary>
    public required double[] Sustained { get; init; }

    /// <summary>Distance from the usual value in robust standard deviations, with its sign.</summary>
    public required double[] Deviation { get; init; }

    /// <summary>(z² + l² + a²)/3: how odd the point is alone, in the mean of the three views.</summary>
    public required double[] SharpEnergy { get; init; }

    /// <summary>The usual value, in the series' unit; also where the value is missing. NaN when there is no data at all.</summary>
    public required double[] Expected { get; init; }

    /// <summary>The lower edge of the band of ordinary values: <see cref="ExpectedBand.Width"/> robust deviations below.</summary>
    public required double[] Lower { get; init; }

    /// <summary>The upper edge of the band of ordinary values.</summary>
    public required double[] Upper { get; init; }

    /// <summary>The alarms that each point raised, among those asked for.</summary>
    public required AlarmClasses[] Alarms { get; init; }

    /// <summary>What <see cref="Point"/> had to exceed.</summary>
    public double SharpThreshold { get; init; }

    /// <summary>What <see cref="Sustained"/> had to exceed; 0 when it was not computed.</summary>
    public double SustainedThreshold { get; init; }
}
