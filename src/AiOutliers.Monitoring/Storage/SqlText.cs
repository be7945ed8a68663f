namespace AiOutliers.Monitoring.Storage;

/// <summary>Texts that people type, as statements take them.</summary>
internal static class SqlText
{
    /// <summary>A pattern of LIKE with <c>ESCAPE '!'</c> for what has this text in it; the column is in small letters.</summary>
    public static string Having(string? text) =>
        $"%{(text ?? "").ToLowerInvariant().Replace("!", "!!").Replace("%", "!%").Replace("_", "!_")}%";

    /// <summary>PostgreSQL's texts cannot hold a zero.</summary>
    public static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}
