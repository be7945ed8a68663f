using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;

namespace AiOutliers.Engine;

/// <summary>The detectors that need no model, by their registered id.</summary>
public static class DetectorCatalog
{
    public const string Default = SeasonalScanDetector.Id;

    public static IReadOnlyCollection<string> Names { get; } = [SeasonalScanDetector.Id, ShallowDetector.Id];

    public static IDetector Create(string name, EngineSettings settings) => name switch
    {
        SeasonalScanDetector.Id => new SeasonalScanDetector(settings.SeasonalScan),
        ShallowDetector.Id => new ShallowDetector(settings.Shallow),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such detector."),
    };
}
