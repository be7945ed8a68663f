namespace AiOutliers.Druid.Files;

/// <summary>What a user says of a file that its content does not tell.</summary>
public sealed record InputOptions
{
    public static readonly InputOptions None = new();

    /// <summary>The columns whose values make a series each; null lets the content decide.</summary>
    public IReadOnlyList<string>? By { get; init; }
}
