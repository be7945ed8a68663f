using System.Text.Json;
using AiOutliers.Detection.Detectors.Seasonal;

namespace AiOutliers.Service.Console.IncidentPages;

/// <summary>What a monitor's document says to its detector, as Explore's address says it.</summary>
internal static class MonitoredDetector
{
    /// <summary>Those that the address has names of its own for.</summary>
    private static readonly string[] Named = ["name", "sensitivity", "direction"];

    /// <param name="detector">Of the document; null where it says nothing.</param>
    /// <param name="name">The detector's id.</param>
    /// <param name="zone">Whose clock the series' days keep to; null where the document says nothing.</param>
    public static IEnumerable<string> OptionsOf(JsonElement? detector, string name, string? zone)
    {
        var said = detector is { ValueKind: JsonValueKind.Object } known
            ? known.EnumerateObject().Where(static option => !Named.Contains(option.Name)).ToList()
            : [];
        foreach (var option in said)
            yield return $"{option.Name}={TextOf(option.Value)}";
        if (name != SeasonalScanDetector.Id)
            yield break;
        // A monitor tells gaps, unless it says that it does not.
        if (!said.Exists(static option => option.Name == "ignoreGaps"))
            yield return "ignoreGaps=false";
        if (zone is not null && !said.Exists(static option => option.Name == "timeZone"))
            yield return $"timeZone={zone}";
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array when value.GetArrayLength() == 0 => "none",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(TextOf)),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
