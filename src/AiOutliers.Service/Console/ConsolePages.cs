namespace AiOutliers.Service.Console;

/// <summary>The pages of the menu.</summary>
internal static class ConsolePages
{
    public const string Overview = "/", Explore = "/explore", Incidents = "/incidents", Monitors = "/monitors", Models = "/models",
        Queue = "/queue", Settings = "/settings";

    public static IReadOnlyList<ConsolePage> All { get; } =
    [
        new("Overview", Overview, "o"), new("Explore", Explore, "e"), new("Incidents", Incidents, "i"), new("Monitors", Monitors, "n"),
        new("Models", Models, "m"), new("Jobs", Queue, "j"),
        new("Settings", Settings, "s"),
    ];
}

/// <param name="Name">In the menu.</param>
/// <param name="Address">Its path.</param>
/// <param name="Key">Pressed after <c>g</c>, goes there.</param>
public sealed record ConsolePage(string Name, string Address, string Key);
