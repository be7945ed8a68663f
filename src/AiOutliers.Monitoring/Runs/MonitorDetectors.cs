using AiOutliers.Detection.Detectors;
using AiOutliers.Engine;
using AiOutliers.Engine.Detectors;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>The detector of a monitor: the configured one, with what the document says put over it.</summary>
internal static class MonitorDetectors
{
    public static IDetector Create(MonitorSpec spec, EngineSettings settings)
    {
        var scan = settings.SeasonalScan with
        {
            TimeZone = spec.Series.TimeZone ?? settings.SeasonalScan.TimeZone,
            // Nobody looks at the chart of a monitor: a gap has to be told.
            IgnoreGaps = false,
        };
        return DetectorOptions.Create(
            spec.Detector.Name, spec.Detector.Options, settings with { SeasonalScan = scan },
            static (option, problem) => throw new InvalidOperationException($"The document was read with a wrong {option}: {problem}"));
    }
}
