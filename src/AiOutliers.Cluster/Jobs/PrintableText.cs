using System.Globalization;

namespace AiOutliers.Cluster.Jobs;

/// <summary>Text that others wrote, for log lines and messages.</summary>
internal static class PrintableText
{
    private const int Longest = 80;

    /// <summary>Cut to 80 characters; what would break, hide or turn a line around becomes a question mark.</summary>
    public static string Of(string? text) => text switch
    {
        null => "",
        { Length: > Longest } => Of(text[..Longest]) + "…",
        _ => new([.. text.Select(static c => IsVisible(c) ? c : '?')]),
    };

    private static bool IsVisible(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
