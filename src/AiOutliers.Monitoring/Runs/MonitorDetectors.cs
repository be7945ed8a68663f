using AiOutliers.Detection.Detectors;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>The detector of a monitor: the configured one, with what the document says put over it.</summary>
internal static class MonitorDetectors
{
    public static IDetector Create(MonitorSpec spec, EngineSettings settings)
    {
        var (detector, scan) = (spec.Detector, settings.SeasonalScan);
        return DetectorCatalog.Create(detector.Name, settings with
        {
            SeasonalScan = scan with
            {
                Sensitivity = detector.Sensitivity ?? scan.Sensitivity,
                Alarms = detector.Alarms ?? scan.Alarms,
                Filter = detector.Filter ?? scan.Filter,
                TimeZone = spec.Series.TimeZone ?? scan.TimeZone,
                // Nobody looks at the chart of a monitor: a gap has to be told.
                IgnoreGaps = false,
            },
            Shallow = settings.Shallow with { Sensitivity = detector.Sensitivity?.Value ?? settings.Shallow.Sensitivity },
        });
    }
}
