using AiOutliers.Service.Console.Overview;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.SettingsPages;

/// <param name="Version">Of the program.</param>
/// <param name="Settings">The configuration.</param>
/// <param name="Parts">How the service is.</param>
/// <param name="Bounds">Where the data begins and ends; null where nobody knows.</param>
/// <param name="Failure">Why nobody knows; null where there is no reason.</param>
public sealed record SettingsView(
    string Version, Settings Settings, IReadOnlyList<ServicePart> Parts, (long First, long Last)? Bounds, string? Failure);
