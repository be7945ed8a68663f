using System.CommandLine;
using AiOutliers.Detection.Detectors.Seasonal;

namespace AiOutliers.Service.Cli;

/// <summary>The options of detectors, as <c>detect</c>, <c>selftest</c> and <c>evaluate</c> take them.</summary>
internal static class JudgingOptions
{
    public static readonly Option<string?> Sensitivity = OfSeasonalScanOption("sensitivity");

    public static readonly Option<string?> Alarms = OfSeasonalScanOption("alarms");

    public static readonly Option<string?> Direction = OfSeasonalScanOption("direction");

    public static readonly Option<string?> MinDeviation = OfSeasonalScanOption("min_deviation");

    public static readonly Option<string?> MinDeviationPercent = OfSeasonalScanOption("min_deviation_percent");

    public static readonly Option<string?> IgnoreGaps = OfSeasonalScanOption("ignore_gaps", ArgumentArity.ZeroOrOne);

    public static readonly Option<string?> TimeZone = OfSeasonalScanOption(
        "time_zone", more: "Times of a file without an offset are of this clock, too.");

    /// <summary>What only the detector seasonal-scan honours.</summary>
    public static readonly Option<string?>[] OfSeasonalScan =
        [Alarms, Direction, MinDeviation, MinDeviationPercent, IgnoreGaps, TimeZone];

    /// <summary>What detectors honour, and no model does.</summary>
    public static readonly Option<string?>[] All = [Sensitivity, .. OfSeasonalScan];

    private static Option<string?> OfSeasonalScanOption(string name, ArgumentArity? arity = null, string more = "")
    {
        var known = SeasonalScanOptions.All.First(option => option.Name == name);
        return new(known.CommandLineName)
        {
            Description = $"{known.Meaning} {more}{(more.Length > 0 ? " " : "")}Takes {known.Allowed} (default: as configured).",
            Arity = arity ?? ArgumentArity.ExactlyOne,
        };
    }
}
