namespace AiOutliers.Detection.Incidents;

/// <summary>Alarms as the configuration, the command line and the HTTP interface write them.</summary>
public static class AlarmNames
{
    public static readonly IReadOnlyList<string> All = ["sharp", "sustained", "outage", "shift"];

    /// <summary>What <see cref="TryParse"/> takes, in words.</summary>
    public const string Allowed = "one or several of sharp, sustained, outage, shift, separated by commas; or none";

    public static bool TryParse(string text, out AlarmClasses alarms)
    {
        alarms = AlarmClasses.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            // By name only: Enum.Parse would take numbers too.
            AlarmClasses? alarm = name.ToLowerInvariant() switch
            {
                "sharp" => AlarmClasses.Sharp,
                "sustained" => AlarmClasses.Sustained,
                "outage" => AlarmClasses.Outage,
                "shift" => AlarmClasses.Shift,
                "none" => AlarmClasses.None,
                _ => null,
            };
            if (alarm is null)
                return false;
            alarms |= alarm.Value;
        }
        return true;
    }
}
