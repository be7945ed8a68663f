namespace AiOutliers.Service.Options;

/// <summary>A key of the configuration, as the type says that owns it.</summary>
/// <param name="Section">Its section.</param>
/// <param name="Name">Its name.</param>
/// <param name="Default">As the file would have it; null: unset.</param>
/// <param name="Takes">What is allowed, in Markdown; null: any text.</param>
internal sealed record ConfigurationKey(string Section, string Name, string? Default, string? Takes)
{
    /// <summary>By the name's end; null where it has none.</summary>
    public string? Unit => Name switch
    {
        _ when Name.EndsWith("_seconds", StringComparison.Ordinal) => "s",
        _ when Name.EndsWith("_megabytes", StringComparison.Ordinal) => "MB",
        _ when Name.EndsWith("_days", StringComparison.Ordinal) => "days",
        _ when Name.EndsWith("_percent", StringComparison.Ordinal) => "%",
        _ => null,
    };
}
