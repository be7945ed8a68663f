namespace AiOutliers.Druid.Files;

/// <summary>
/// A time and which of its texts a row had, in one number: 0 is the canonical text, or none. All years that the
/// database knows fit beside it.
/// </summary>
internal static class RowTime
{
    /// <summary>A row without a time.</summary>
    public const long None = long.MinValue;

    /// <summary>So many other texts of one time are told apart.</summary>
    public const int MostTexts = (1 << TextBits) - 1;

    private const int TextBits = 9;

    public static long Of(long time, int text = 0) => time << TextBits | (long)text;

    /// <summary>Milliseconds since 1970.</summary>
    public static long Milliseconds(long time) => time >> TextBits;

    /// <summary>Whether the row had another text than the canonical one.</summary>
    public static bool HasText(long time) => (time & MostTexts) != 0;
}
