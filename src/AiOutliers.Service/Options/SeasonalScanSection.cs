using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Service.Options;

/// <summary>The section <c>[SeasonalScan]</c>; the options of <c>detect</c> take the same texts.</summary>
internal static class SeasonalScanSection
{
    private const string Name = "SeasonalScan";

    public static readonly IReadOnlyCollection<string> Directions = ["both", "up", "down"];

    public const string AllowedAlarms = AlarmNames.Allowed;

    public static SeasonalScanOptions Read(SectionReader reader) => new()
    {
        Sensitivity = ReadSensitivity(reader),
        Alarms = ReadAlarms(reader),
        Filter = new(
            Enum.Parse<Direction>(reader.Choice(Name, "direction", "both", Directions), ignoreCase: true),
            reader.Number(Name, "min_deviation", 0, 0, double.MaxValue),
            reader.Number(Name, "min_deviation_percent", 0, 0, double.MaxValue) / 100),
        IgnoreGaps = reader.Choice(Name, "ignore_gaps", "true", ["true", "false"]) == "true",
    };

    public static bool TryParseAlarms(string text, out AlarmClasses alarms) => AlarmNames.TryParse(text, out alarms);

    private static Sensitivity ReadSensitivity(SectionReader reader)
    {
        var text = reader.Text(Name, "sensitivity", "normal");
        if (!Sensitivity.TryParse(text, out var sensitivity))
            reader.Reject(Name, "sensitivity", text, Sensitivity.Allowed);
        return sensitivity;
    }

    private static AlarmClasses ReadAlarms(SectionReader reader)
    {
        var text = reader.Text(Name, "alarms", "sharp,sustained,outage,shift");
        if (!TryParseAlarms(text, out var alarms))
            reader.Reject(Name, "alarms", text, AllowedAlarms);
        return alarms;
    }
}
