using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Service.Console;

/// <summary>How the console writes what it shows.</summary>
internal static class Words
{
    /// <summary>A shape for each kind, so that no kind is told by its colour alone.</summary>
    public static string Shape(IncidentKind kind) => kind switch
    {
        IncidentKind.Spike => "▲",
        IncidentKind.Dip => "▼",
        IncidentKind.Outage => "■",
        IncidentKind.LevelShift => "◆",
        IncidentKind.Ramp => "◢",
        _ => "▽",
    };

    /// <summary>The same for the kind's name as it is stored: <c>level_shift</c>.</summary>
    public static string Shape(string kind) =>
        Enum.TryParse<IncidentKind>(kind.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var known)
            ? Shape(known)
            : "▽";

    /// <summary>Exactly, for the title of a number that is shown with three digits.</summary>
    public static string Exact(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);

    /// <summary>A name of nothing that can be seen says so.</summary>
    public static string Name(string name) => string.IsNullOrWhiteSpace(name) ? "(blank)" : name;

    /// <summary><c>1,204</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 incident</c>, <c>2 incidents</c>.</summary>
    public static string Count(long value, string one) => Counted.Of(value, one);

    /// <summary><c>5 min</c> for PT5M; a period that has no short form as it is.</summary>
    public static string Period(string period) => period switch
    {
        "PT1M" => "1 min",
        "PT5M" => "5 min",
        "PT15M" => "15 min",
        "PT1H" => "1 h",
        "P1D" => "1 day",
        _ => period,
    };

    public static string Milliseconds(TimeSpan span) => $"{span.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture)} ms";
}
