using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;

namespace AiOutliers.Engine.Detectors;

/// <summary>
/// The options of the detectors that need no model, as texts, whoever brings them: JSON, YAML. What is not said is as configured.
/// </summary>
public static class DetectorOptions
{
    /// <summary>Every detector with its options, their defaults and ranges.</summary>
    public static IReadOnlyList<DetectorDescription> Describe(EngineSettings settings) =>
        [SeasonalScanTexts.Describe(settings.SeasonalScan), ShallowTexts.Describe(settings.Shallow)];

    /// <param name="name">A detector's id.</param>
    /// <param name="options">Texts by option; a list is separated by commas.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="reject">Gets the option that cannot be used, and what is wrong with it.</param>
    /// <returns>The detector; what was rejected is left as configured.</returns>
    public static IDetector Create(
        string name, IReadOnlyDictionary<string, string> options, EngineSettings settings, Action<string, string> reject)
    {
        switch (name)
        {
            case SeasonalScanDetector.Id:
                var scan = settings.SeasonalScan;
                foreach (var (option, text) in options)
                    scan = SeasonalScanTexts.With(scan, option, text, reject);
                return new SeasonalScanDetector(scan);
            case ShallowDetector.Id:
                var shallow = settings.Shallow;
                foreach (var (option, text) in options)
                    shallow = ShallowTexts.With(shallow, option, text, reject);
                return new ShallowDetector(shallow);
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "No such detector.");
        }
    }
}
