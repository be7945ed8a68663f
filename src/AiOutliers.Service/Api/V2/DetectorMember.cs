using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Engine;
using AiOutliers.Engine.Detectors;

namespace AiOutliers.Service.Api.V2;

/// <summary>The members <c>detector</c> and <c>options</c> of a request.</summary>
internal static class DetectorMember
{
    /// <returns>Null where the configured one judges, or a model.</returns>
    public static IDetector? Read(JsonMembers members, string? model, TimeZoneInfo? zone, EngineSettings settings)
    {
        var name = members.Choice("detector", DetectorCatalog.Names);
        var options = members.Object("options");
        if (model is not null && name is not null)
            members.Errors.Add("/detector", "excludes model: a model is its own detector");
        if (model is not null && options?.Names.Any() == true)
            members.Errors.Add("/options", "a model does not take options; leave them out, or take a detector");
        var texts = options?.Names.ToDictionary(static option => option, option => TextOf(options.Value(option)!.Value)) ?? [];
        return model is null
            ? Create(name, texts, zone, settings,
                (option, message) => members.Errors.Add(options?.Pointer(option) ?? $"/options/{option}", message))
            : null;
    }

    /// <summary>The configured detector by the clock of a place; null where no place is named.</summary>
    public static IDetector? Of(TimeZoneInfo? zone, EngineSettings settings) => Create(null, [], zone, settings,
        static (option, message) => throw new InvalidOperationException($"The detector does not take its own {option}: {message}"));

    private static IDetector? Create(
        string? name, Dictionary<string, string> options, TimeZoneInfo? zone, EngineSettings settings, Action<string, string> wrong)
    {
        var id = name ?? settings.DefaultDetector;
        if (zone is not null && id != ShallowDetector.Id)
            options.TryAdd("timeZone", zone.Id);
        return name is null && options.Count == 0 ? null : DetectorOptions.Create(id, options, settings, wrong);
    }

    /// <summary>Options are read from texts, whoever brings them.</summary>
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.ToString(),
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : string.Join(',', value.EnumerateArray().Select(TextOf)),
        _ => value.GetRawText(),
    };
}
