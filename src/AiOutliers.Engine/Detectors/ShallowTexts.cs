using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using AiOutliers.Detection.Detectors;

namespace AiOutliers.Engine.Detectors;

/// <summary>The options of <see cref="ShallowDetector"/> as texts; the ranges are those of the type.</summary>
internal static class ShallowTexts
{
    public static DetectorDescription Describe(ShallowOptions own) => new(ShallowDetector.Id,
        "What the Python service runs: a smoothed series and an isolation forest.",
        [
            Number("sensitivity", nameof(ShallowOptions.Sensitivity), own.Sensitivity, "0: nothing is an anomaly; 1: at least one row is."),
            Number("contamination", nameof(ShallowOptions.Contamination), own.Contamination, "The share of rows expected to be anomalous."),
        ]);

    public static ShallowOptions With(ShallowOptions own, string option, string text, Action<string, string> reject)
    {
        switch (option)
        {
            case "sensitivity" when TryIn(nameof(own.Sensitivity), text, out var sensitivity): return own with { Sensitivity = sensitivity };
            case "contamination" when TryIn(nameof(own.Contamination), text, out var share): return own with { Contamination = share };
            default:
                SeasonalScanTexts.Reject(Describe(own), option, text, reject);
                return own;
        }
    }

    private static DetectorOption Number(string name, string property, double value, string meaning)
    {
        var (least, most) = RangeOf(property);
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");
        return new(name, "number", value, allowed, meaning) { Minimum = least, Maximum = most };
    }

    private static bool TryIn(string property, string text, out double value)
    {
        var (least, most) = RangeOf(property);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
    }

    private static (double Least, double Most) RangeOf(string property)
    {
        var range = typeof(ShallowOptions).GetProperty(property)!.GetCustomAttribute<RangeAttribute>()!;
        return ((double)range.Minimum, (double)range.Maximum);
    }
}
