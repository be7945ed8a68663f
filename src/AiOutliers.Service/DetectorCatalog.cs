using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.SeasonalScan;
using AiOutliers.Service.Options;

namespace AiOutliers.Service;

/// <summary>The detectors that need no model, by their registered id.</summary>
internal static class DetectorCatalog
{
    public const string Default = SeasonalScanDetector.Id;

    public static IReadOnlyCollection<string> Names { get; } = [SeasonalScanDetector.Id, ShallowDetector.Id];

    public static IDetector Create(string name, Settings settings) => name switch
    {
        SeasonalScanDetector.Id => new SeasonalScanDetector(settings.SeasonalScan),
        ShallowDetector.Id => new ShallowDetector(new ShallowOptions { Sensitivity = settings.Shallow.Sensitivity, Contamination = settings.Shallow.Contamination }),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such detector."),
    };
}
