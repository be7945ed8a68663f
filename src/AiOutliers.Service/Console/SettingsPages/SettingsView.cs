using AiOutliers.Service.Console.Overview;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.SettingsPages;

/// <summary>What the page Settings shows.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Settings">The configuration.</param>
/// <param name="Parts">How the service is.</param>
public sealed record SettingsView(string Version, Settings Settings, IReadOnlyList<ServicePart> Parts)
{
    /// <summary>Who looks: a name and a role.</summary>
    public required (string Name, string Role) You { get; init; }

    /// <summary>Whether they have signed in, and so may sign out.</summary>
    public required bool IsSignedIn { get; init; }

    public required SourcesView Sources { get; init; }

    /// <summary>Null where no monitors run, so that there is nobody to tell.</summary>
    public ContactsView? Contacts { get; init; }

    /// <summary>Null for those who may not see them.</summary>
    public KeysView? Keys { get; init; }

    /// <summary>What has just been done; null where nothing was.</summary>
    public string? Done { get; init; }
}

/// <param name="Rows">The data sources that there are.</param>
/// <param name="Failure">Why nobody knows; null where somebody does.</param>
public sealed record SourcesView(IReadOnlyList<SourceRow> Rows, string? Failure)
{
    /// <summary>What the address calls the part of the list, and the name that is looked for in it.</summary>
    public const string Field = "source", PartField = "sources";

    /// <summary>Which of them are shown.</summary>
    public ListPart Part { get; init; } = new(PartField, 1, 0);

    /// <summary>A part of the names that are looked for; empty for all.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether more is known in a moment.</summary>
    public bool IsPending { get; init; }
}

/// <param name="Name">Its name.</param>
/// <param name="Dimensions">How many it has.</param>
/// <param name="Bounds">Where its rows begin and end; null where it has none.</param>
/// <param name="Failure">Why it cannot be asked; null where it can.</param>
public sealed record SourceRow(string Name, int Dimensions, (long First, long Last)? Bounds, string? Failure)
{
    /// <summary>Whether it is still being asked.</summary>
    public bool IsPending { get; init; }
}
