namespace AiOutliers.Engine.Detectors;

/// <param name="Name">Its registered id.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Options">What can be said to it.</param>
public sealed record DetectorDescription(string Name, string Summary, IReadOnlyList<OptionDescription> Options);

/// <param name="Name">Its name in JSON and YAML.</param>
/// <param name="Default">What holds when nobody says, as configured.</param>
/// <param name="Allowed">What it takes, in words: its range, or its choices.</param>
/// <param name="Meaning">What it does.</param>
public sealed record OptionDescription(string Name, string Default, string Allowed, string Meaning);
