using System.CommandLine;
using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
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
            throw Wrong($"there is no detector '{detector}'; there are: {string.Join(", ", DetectorCatalog.Names)}."
                + Similar.Hint(detector, DetectorCatalog.Names));
        if (detector == ShallowDetector.Id && Array.Find(DetectOptions.OfSeasonalScan, option => IsGiven(parsed, option)) is { } other)
            throw Wrong($"the detector shallow does not honour {other.Name}; leave it out, or take the detector seasonal-scan");
        var engine = settings.Engine with { DefaultDetector = detector };
        return settings with
        {
            Engine = detector == ShallowDetector.Id
                ? engine with { Shallow = Overlay(engine.Shallow, parsed) }
                : engine with { SeasonalScan = Overlay(engine.SeasonalScan, parsed) },
        };
    }

    /// <summary>The options given that no model honours.</summary>
    public static IReadOnlyList<string> WithoutModelOnly(ParseResult parsed) =>
        [
            .. DetectOptions.OfSeasonalScan.Prepend(DetectOptions.Sensitivity)
                .Where(option => IsGiven(parsed, option)).Select(static option => option.Name),
        ];

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static ShallowOptions Overlay(ShallowOptions shallow, ParseResult parsed)
    {
        if (parsed.GetValue(DetectOptions.Sensitivity) is not { } text)
            return shallow;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var sensitivity) && sensitivity is >= 0 and <= 1
            ? shallow with { Sensitivity = sensitivity }
            : throw Wrong($"--sensitivity '{text}' is not allowed; the detector shallow takes a number from 0 to 1");
    }

    /// <exception cref="AiOutliersException">An option has a value that is not allowed.</exception>
    public static SeasonalScanOptions Overlay(SeasonalScanOptions options, ParseResult parsed)
    {
        var filter = options.Filter;
        return options with
        {
            Sensitivity = SensitivityOf(parsed) ?? options.Sensitivity,
            Alarms = AlarmsOf(parsed) ?? options.Alarms,
            IgnoreGaps = parsed.GetValue(DetectOptions.IgnoreGaps) ?? options.IgnoreGaps,
            TimeZone = TimeZoneOf(parsed) ?? options.TimeZone,
            Filter = new(
                parsed.GetValue(DetectOptions.Direction) is { } direction
                    ? Enum.Parse<Direction>(direction, ignoreCase: true)
                    : filter.Direction,
                Least(parsed, DetectOptions.MinDeviation) ?? filter.MinDeviation,
                Least(parsed, DetectOptions.MinDeviationPercent) / 100 ?? filter.MinRelativeDeviation),
        };
    }

    private static Sensitivity? SensitivityOf(ParseResult parsed)
    {
        if (parsed.GetValue(DetectOptions.Sensitivity) is not { } text)
            return null;
        return Sensitivity.TryParse(text, out var sensitivity)
            ? sensitivity
            : throw Wrong($"--sensitivity '{text}' is not allowed; it takes {Sensitivity.Allowed}");
    }

    private static AlarmClasses? AlarmsOf(ParseResult parsed)
    {
        if (parsed.GetValue(DetectOptions.Alarms) is not { } text)
            return null;
        return SeasonalScanSection.TryParseAlarms(text, out var alarms)
            ? alarms
            : throw Wrong($"--alarms '{text}' is not allowed; it takes {SeasonalScanSection.AllowedAlarms}");
    }

    private static TimeZoneInfo? TimeZoneOf(ParseResult parsed)
    {
        if (parsed.GetValue(DetectOptions.TimeZone) is not { } name)
            return null;
        return TimeZones.TryFind(name, out var zone)
            ? zone
            : throw Wrong($"--time-zone '{name}' is not allowed; it takes {TimeZones.Allowed}");
    }

    private static double? Least(ParseResult parsed, Option<double?> option)
    {
        var value = parsed.GetValue(option);
        return value is null or (>= 0 and < double.PositiveInfinity)
            ? value
            : throw Wrong($"{option.Name} must be a number that is not negative");
    }

    private static AiOutliersException Wrong(string message) => new(ErrorKind.BadInput, message);
}
