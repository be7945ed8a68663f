using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Engine;
using AiOutliers.Engine.Detectors;

namespace AiOutliers.Service.Console.Explore;

/// <summary>The detector, or the model, that a state asks for, with its options.</summary>
internal static class AskedDetector
{
    /// <summary>What stands before the name of a model.</summary>
    public const string OfModel = "model:";

    /// <summary>Null where the state asks for a model, or leaves the choice to the service.</summary>
    public static string? NameOf(ExploreState state) => ModelOf(state) is null ? state.Detector : null;

    /// <summary>Null where it asks for no model.</summary>
    public static string? ModelOf(ExploreState state) =>
        state.Detector is { } detector && detector.StartsWith(OfModel, StringComparison.Ordinal) ? detector[OfModel.Length..] : null;

    /// <summary>By the names of JSON and YAML.</summary>
    /// <exception cref="AiOutliersException">One of them is not written as an option.</exception>
    public static IReadOnlyDictionary<string, string> OptionsOf(ExploreState state)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (state.Sensitivity is { } sensitivity)
            options["sensitivity"] = sensitivity;
        if (state.Direction is { } direction)
            options["direction"] = direction;
        foreach (var option in state.Options)
        {
            if (option.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value])
                throw new AiOutliersException(ErrorKind.BadInput, $"option = '{option}' is not an option; write minDeviationPercent=20");
            options[name.Trim()] = value.Trim();
        }
        return options;
    }

    /// <summary>Null leaves the choice to the engine.</summary>
    /// <exception cref="AiOutliersException">The detector does not exist, or an option is not allowed.</exception>
    public static IDetector? Of(ExploreState state, EngineSettings settings)
    {
        if (ModelOf(state) is not null)
            return null;
        var name = state.Detector ?? settings.DefaultDetector;
        var known = DetectorOptions.Describe(settings);
        if (known.FirstOrDefault(one => one.Name == name) is not { } asked)
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"detector = '{name}' is not allowed; it takes {string.Join(", ", DetectorCatalog.Names)}, or model:NAME");
        }
        var options = OptionsOf(state);
        // What only another detector has says nothing to this one: two of them may stand beside each other.
        var others = known.Where(one => one != asked).SelectMany(static one => one.Options).Select(static option => option.Name)
            .Except(asked.Options.Select(static option => option.Name));
        return DetectorOptions.Create(
            name, options.ExceptBy(others, static option => option.Key).ToDictionary(), settings,
            static (option, problem) => throw new AiOutliersException(ErrorKind.BadInput, $"{option}: {problem}"));
    }
}
