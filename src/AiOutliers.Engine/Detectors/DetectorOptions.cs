using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;

namespace AiOutliers.Engine.Detectors;

/// <summary>
/// The options of the detectors that need no model, as texts by the names of JSON and YAML. What is not said is as configured.
/// </summary>
public static class DetectorOptions
{
    /// <summary>Every detector with its options, their defaults and ranges.</summary>
    public static IReadOnlyList<DetectorDescription> Describe(EngineSettings settings) =>
    [
        new(SeasonalScanDetector.Id, "Needs no training: finds the season, and short, lasting, missing and shifted values.",
            Describe(SeasonalScanOptions.All, settings.SeasonalScan)),
        new(ShallowDetector.Id, "What the Python service runs: a smoothed series and an isolation forest.",
            Describe(ShallowOptions.All, settings.Shallow)),
    ];

    /// <param name="name">A detector's id.</param>
    /// <param name="options">Texts by option; a list is separated by commas.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="reject">Gets the option that cannot be used, and what is wrong with it.</param>
    /// <returns>The detector; what was rejected is left as configured.</returns>
    public static IDetector Create(
        string name, IReadOnlyDictionary<string, string> options, EngineSettings settings, Action<string, string> reject) => name switch
        {
            SeasonalScanDetector.Id => new SeasonalScanDetector(With(settings.SeasonalScan, SeasonalScanOptions.All, options, reject)),
            ShallowDetector.Id => new ShallowDetector(With(settings.Shallow, ShallowOptions.All, options, reject)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such detector."),
        };

    private static T With<T>(
        T own, IReadOnlyList<DetectorOption<T>> all, IReadOnlyDictionary<string, string> options, Action<string, string> reject)
        where T : class
    {
        foreach (var (name, text) in options)
        {
            if (all.FirstOrDefault(option => option.JsonName == name) is not { } option)
                reject(name, $"is not an option of the detector; it has {string.Join(", ", all.Select(static known => known.JsonName))}");
            else if (option.Parse(own, text) is { } changed)
                own = changed;
            else
                reject(name, $"'{text}' is not allowed; it takes {option.Allowed}");
        }
        return own;
    }

    private static OptionDescription[] Describe<T>(IReadOnlyList<DetectorOption<T>> all, T own) where T : class =>
        [.. all.Select(option => new OptionDescription(option.JsonName, option.Show(own), option.Allowed, option.Meaning))];
}
