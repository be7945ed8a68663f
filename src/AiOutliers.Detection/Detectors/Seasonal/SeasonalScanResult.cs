using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// What the scan found. Missing points have no verdict: all but the expected values and their band have one entry for every known point, in
/// order.
/// </summary>
internal sealed record SeasonalScanResult
{
    public required SeasonalScanState State { get; init; }

    /// <summary>The points that are known, ascending; empty when nothing was judged.</summary>
    public required int[] Known { get; init; }

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

    /// <summary>What of <see cref="Point"/> is noise in <see cref="Range"/>.</summary>
    public double Pedestal { get; init; }

    /// <summary>The statistic of the sustained alarm; empty for series that are too short for it, or when that alarm is off.</summary>
    public required double[] Sustained { get; init; }

    /// <summary>Distance from the usual value in robust standard deviations, with its sign.</summary>
    public required double[] Deviation { get; init; }

    /// <summary>(z² + l² + a²)/3: how odd the point is alone, in the mean of the three views.</summary>
    public required double[] SharpEnergy { get; init; }

    /// <summary>
    /// The usual value at every point, in the series' unit; also where the value is missing. NaN when there is no data at all.
    /// </summary>
    public required double[] Expected { get; init; }

    /// <summary>The lower edge of the band of ordinary values: <see cref="ExpectedBand.Width"/> robust deviations below.</summary>
    public required double[] Lower { get; init; }

    /// <summary>The upper edge of the band of ordinary values.</summary>
    public required double[] Upper { get; init; }

    /// <summary>How values were transformed.</summary>
    public required TrafficTransform Transform { get; init; }

    /// <summary>
    /// One robust standard deviation around the usual at every point, transformed. The band in the series' unit does not tell it where the
    /// usual lies below zero.
    /// </summary>
    public required double[] Scale { get; init; }

    /// <summary>The alarms that each point raised, among those asked for.</summary>
    public required AlarmClasses[] Alarms { get; init; }

    /// <summary>The first known point that is not before a point, as a place in <see cref="Known"/>.</summary>
    public int PlaceOf(int point)
    {
        var place = Array.BinarySearch(Known, point);
        return place >= 0 ? place : ~place;
    }

    /// <summary>A segment of known points as one of points.</summary>
    public IncidentSegment OnPoints(IncidentSegment segment) =>
        segment with { Start = Known[segment.Start], End = Known[segment.End - 1] + 1 };

    /// <summary>What <see cref="Point"/> had to exceed.</summary>
    public double SharpThreshold { get; init; }

    /// <summary>What <see cref="Sustained"/> had to exceed; 0 when it was not computed.</summary>
    public double SustainedThreshold { get; init; }
}
