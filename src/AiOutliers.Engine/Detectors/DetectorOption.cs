namespace AiOutliers.Engine.Detectors;

/// <summary>One option of a detector, described.</summary>
/// <param name="Name">Its name in JSON and YAML.</param>
/// <param name="Type">number, boolean, string, or array of strings.</param>
/// <param name="Default">What holds when nobody says.</param>
/// <param name="Allowed">What it takes, in words.</param>
/// <param name="Meaning">What it does.</param>
public sealed record DetectorOption(string Name, string Type, object Default, string Allowed, string Meaning)
{
    /// <summary>The least number; null where there is none, or it is not a number.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number; null where there is none, or it is not a number.</summary>
    public double? Maximum { get; init; }

    /// <summary>The texts that it takes; null where it takes others, too.</summary>
    public IReadOnlyList<string>? Choices { get; init; }
}

/// <param name="Name">Its registered id.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Options">What can be said to it.</param>
public sealed record DetectorDescription(string Name, string Summary, IReadOnlyList<DetectorOption> Options);
