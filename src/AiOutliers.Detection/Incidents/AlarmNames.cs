namespace AiOutliers.Detection.Incidents;

/// <summary>The alarms by name, separated by commas, as options take them.</summary>
public static class AlarmNames
{
    /// <summary>What <see cref="TryParse"/> takes, in words.</summary>
    public const string Allowed = "one or several of sharp, sustained, outage, shift, separated by commas; or none";

    private static readonly (string Name, AlarmClasses Alarm)[] Names =
    [
        ("sharp", AlarmClasses.Sharp), ("sustained", AlarmClasses.Sustained), ("outage", AlarmClasses.Outage),
        ("shift", AlarmClasses.Shift),
        ("none", AlarmClasses.None),
    ];

    public static string Of(AlarmClasses alarms) => alarms == AlarmClasses.None
        ? "none"
        : string.Join(',', Names.Where(entry => alarms.HasFlag(entry.Alarm) && entry.Alarm != AlarmClasses.None)
            .Select(static entry => entry.Name));

    /// <summary>By name only: <see cref="Enum.Parse{TEnum}(string)"/> would take numbers too.</summary>
    public static bool TryParse(string text, out AlarmClasses alarms)
    {
        alarms = AlarmClasses.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var known = Array.FindIndex(Names, entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (known < 0)
                return false;
            alarms |= Names[known].Alarm;
        }
        return true;
    }
}
