using AiOutliers.Detection.Detectors;
using AiOutliers.Service.Options;

namespace AiOutliers.Service;

/// <summary>The detectors that need no model, by their registered id.</summary>
internal static class DetectorCatalog
{
    public const string Default = "shallow";

    public static IReadOnlyCollection<string> Names { get; } = ["shallow"];

    public static IDetector Create(string name, ShallowSettings shallow) => name switch
    {
        "shallow" => new ShallowDetector(new ShallowOptions { Sensitivity = shallow.Sensitivity, Contamination = shallow.Contamination }),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such detector."),
    };
}
