namespace AiOutliers.Service.Console.SettingsPages;

/// <summary>Who may ask the service.</summary>
/// <param name="Path">The keys file; null when none is configured.</param>
/// <param name="Keys">Names and roles.</param>
/// <param name="Made">A key that has just been made, with its secret: shown this once; null otherwise.</param>
public sealed record KeysView(string? Path, IReadOnlyList<(string Name, string Role)> Keys, (string Name, string Secret)? Made);
