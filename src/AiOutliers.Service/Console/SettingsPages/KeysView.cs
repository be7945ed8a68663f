using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.SettingsPages;

/// <summary>Who may ask the service.</summary>
/// <param name="Path">The keys file; null when none is configured.</param>
/// <param name="Keys">Names and roles.</param>
/// <param name="Made">A key that has just been made, with its secret: shown this once; null otherwise.</param>
public sealed record KeysView(string? Path, IReadOnlyList<(string Name, string Role)> Keys, (string Name, string Secret)? Made)
{
    /// <summary>What the address calls the part of the list, and the name that is looked for in it.</summary>
    public const string Field = "key", PartField = "keys";

    /// <summary>Which of them are shown.</summary>
    public required ListPart Part { get; init; }

    /// <summary>A part of the names that are looked for; empty for all.</summary>
    public required string Text { get; init; }

    /// <summary>How many there are, whatever is looked for.</summary>
    public required int All { get; init; }

    internal static KeysView Of(KeyRing ring, IQueryCollection query, (string Name, string Secret)? made)
    {
        var text = query[Field].ToString().Trim();
        var found = ring.All.Where(key => key.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        var part = ListPart.Of(query, PartField, found.Count);
        return new(ring.Path, part.Of(found.Select(static key => (key.Name, key.Role.Name()))), made)
        {
            Part = part,
            Text = text,
            All = ring.All.Count,
        };
    }
}
