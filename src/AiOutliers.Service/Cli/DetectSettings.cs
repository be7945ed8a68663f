using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Engine;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary>The configuration, with what the command line of <c>detect</c> says put over it.</summary>
internal static class DetectSettings
{
    /// <exception cref="AiOutliersException">An option has a value that is not allowed.</exception>
    public static Settings Read(ParseResult parsed)
    {
        var settings = CommandSettings.Read(parsed.GetValue(DetectOptions.Config));
        var detector = parsed.GetValue(DetectOptions.Detector) ?? settings.Engine.DefaultDetector;
        if (!DetectorCatalog.Names.Contains(detector))
            throw Wrong($"'{detector}' is not a detector; the detectors are: {string.Join(", ", DetectorCatalog.Names)}."
                + Similar.Hint(detector, DetectorCatalog.Names));
        if (detector == ShallowDetector.Id && Array.Find(JudgingOptions.OfSeasonalScan, option => IsGiven(parsed, option)) is { } other)
            throw Wrong($"the detector shallow does not honour {other.Name}; leave it out, or take the detector seasonal-scan");
        var engine = settings.Engine with { DefaultDetector = detector };
        return settings with
        {
            Engine = detector == ShallowDetector.Id
                ? engine with { Shallow = Overlay(engine.Shallow, ShallowOptions.All, parsed) }
                : engine with { SeasonalScan = Overlay(engine.SeasonalScan, SeasonalScanOptions.All, parsed) },
        };
    }

    /// <summary>The options given that no model honours.</summary>
    public static IReadOnlyList<string> WithoutModelOnly(ParseResult parsed) =>
        [.. JudgingOptions.All.Where(option => IsGiven(parsed, option)).Select(static option => option.Name)];

    /// <summary>The options with what the command line says put over them.</summary>
    /// <exception cref="AiOutliersException">An option has a value that is not allowed.</exception>
    public static T Overlay<T>(T options, IEnumerable<DetectorOption<T>> all, ParseResult parsed)
        where T : class
    {
        foreach (var option in all)
        {
            var given = Array.Find(JudgingOptions.All, other => other.Name == option.CommandLineName);
            if (given is null || !IsGiven(parsed, given))
                continue;
            // An option without a value is a switch.
            var text = parsed.GetValue(given) ?? "true";
            options = option.Parse(options, text)
                ?? throw Wrong($"{given.Name} '{text}' is not allowed; it takes {option.Allowed}");
        }
        return options;
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static AiOutliersException Wrong(string message) => new(ErrorKind.BadInput, message);
}
