namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>Whether a series could be judged.</summary>
internal enum SeasonalScanState
{
    Judged,

    /// <summary>Every value is missing.</summary>
    NoData,

    /// <summary>Fewer than <see cref="SeasonalScan.LeastPoints"/> points.</summary>
    TooShort,

    /// <summary>All values are alike: nothing stands out.</summary>
    Flat,
}
