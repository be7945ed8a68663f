using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis;

/// <summary>What was found in one of many series.</summary>
/// <param name="Key">Which.</param>
/// <param name="Report">What was found; null where it could not be judged at all.</param>
/// <param name="NotJudged">Why it could not be judged; null where it was.</param>
public sealed record SeriesReport(SeriesKey Key, JointReport? Report, string? NotJudged);
