using System.Globalization;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Detectors;

/// <summary>The options of <see cref="SeasonalScanDetector"/> as texts.</summary>
internal static class SeasonalScanTexts
{
    private const string Unsigned = "a number that is not negative";

    private static readonly string[] Directions = ["both", "up", "down"];

    public static DetectorDescription Describe(SeasonalScanOptions own) => new(SeasonalScanDetector.Id,
        "No training: finds the season by itself, and short, lasting, missing and shifted values.",
        [
            new("sensitivity", "string", own.Sensitivity.Value, Sensitivity.Allowed, "How easily a row is called anomalous.")
            {
                Minimum = Sensitivity.Quiet.Value, Maximum = Sensitivity.High.Value,
            },
            new("alarms", "array", NamesOf(own.Alarms), AlarmNames.Allowed, "The alarms that are on.") { Choices = AlarmNames.All },
            new("direction", "string", Directions[(int)own.Filter.Direction], "one of both, up, down", "Which deviations are told.")
            {
                Choices = Directions,
            },
            new("minDeviation", "number", own.Filter.MinDeviation, Unsigned, "The least |value - expected| of an incident, in the metric's unit.")
            {
                Minimum = 0,
            },
            new("minDeviationPercent", "number", own.Filter.MinRelativeDeviation * 100, Unsigned,
                "The least deviation of an incident, in percent of the expected value.") { Minimum = 0 },
            new("ignoreGaps", "boolean", own.IgnoreGaps, "true or false", "Whether missing rows are no reason for an alarm."),
            new("timeZone", "string", own.TimeZone.Id, TimeZoneNames.Allowed, "Whose clock days and weekends keep to."),
        ]);

    public static SeasonalScanOptions With(SeasonalScanOptions own, string option, string text, Action<string, string> reject)
    {
        switch (option)
        {
            case "sensitivity" when Sensitivity.TryParse(text, out var sensitivity): return own with { Sensitivity = sensitivity };
            case "alarms" when AlarmNames.TryParse(text, out var alarms): return own with { Alarms = alarms };
            case "direction" when Array.IndexOf(Directions, text) is >= 0 and var direction:
                return own with { Filter = own.Filter with { Direction = (Direction)direction } };
            case "minDeviation" when TryUnsigned(text, out var least): return own with { Filter = own.Filter with { MinDeviation = least } };
            case "minDeviationPercent" when TryUnsigned(text, out var percent):
                return own with { Filter = own.Filter with { MinRelativeDeviation = percent / 100 } };
            case "ignoreGaps" when bool.TryParse(text, out var ignore): return own with { IgnoreGaps = ignore };
            case "timeZone" when TimeZoneNames.TryFind(text, out var zone): return own with { TimeZone = zone };
            default:
                Reject(Describe(own), option, text, reject);
                return own;
        }
    }

    internal static void Reject(DetectorDescription detector, string option, string text, Action<string, string> reject)
    {
        var known = detector.Options.FirstOrDefault(own => own.Name == option);
        reject(option, known is null
            ? $"the detector {detector.Name} has no such option; it has {string.Join(", ", detector.Options.Select(static own => own.Name))}"
            : $"'{text}' is not allowed; it takes {known.Allowed}");
    }

    private static string[] NamesOf(AlarmClasses alarms) =>
        [.. AlarmNames.All.Where((_, index) => alarms.HasFlag((AlarmClasses)(1 << index)))];

    private static bool TryUnsigned(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is >= 0 and < double.PositiveInfinity;
}
